package io.thingport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "/", "a//b", "/a1Qx7Lm2Zt9/lamp_01/user/get", "$SYS/a", "a b", "温度", "\uD83D\uDE00", "\uFEFF"})
    void keepsTextAndBytes(String text) {
        TopicName topic = TopicName.of(text);

        assertThat(topic).hasToString(text);
        assertThat(topic.utf8()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }

    /** [MQTT-4.7.3-1], [MQTT-4.7.3-2], [MQTT-3.3.2-2] */
    @ParameterizedTest
    @ValueSource(strings = {"", "a/+", "+", "#", "a/#", "a+b", "a\0b"})
    void isNeitherEmptyNorHasWildcardsOrNul(String text) {
        assertThat(TopicName.parse(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThatThrownBy(() -> TopicName.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    /** [MQTT-1.5.4-1] */
    @Test
    void isWellFormedUtf8() {
        byte[] lonelyContinuation = {'a', (byte) 0x80};
        byte[] overlongSlash = {(byte) 0xC0, (byte) 0xAF};
        byte[] surrogate = {(byte) 0xED, (byte) 0xA0, (byte) 0x80};
        byte[] cutOff = {'a', (byte) 0xE6, (byte) 0xB8};

        assertThat(TopicName.parse(lonelyContinuation)).isEmpty();
        assertThat(TopicName.parse(overlongSlash)).isEmpty();
        assertThat(TopicName.parse(surrogate)).isEmpty();
        assertThat(TopicName.parse(cutOff)).isEmpty();
    }

    @Test
    void aLonelySurrogateIsNoText() {
        assertThatThrownBy(() -> TopicName.of("a\uD800b")).isInstanceOf(IllegalArgumentException.class);
    }

    /** [MQTT-4.7.3-3] */
    @Test
    void has65535BytesAtMost() {
        assertThat(TopicName.of("a".repeat(65_535)).utf8()).hasSize(65_535);
        assertThatThrownBy(() -> TopicName.of("a".repeat(65_536))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TopicName.of("温".repeat(21_846))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void equalsByItsBytes() {
        TopicName topic = TopicName.of("a/ü");

        assertThat(topic).isEqualTo(TopicName.parse("a/ü".getBytes(StandardCharsets.UTF_8)).orElseThrow())
                .hasSameHashCodeAs(TopicName.of("a/ü"))
                .isNotEqualTo(TopicName.of("a/u"))
                .isNotEqualTo("a/ü");
    }
}
