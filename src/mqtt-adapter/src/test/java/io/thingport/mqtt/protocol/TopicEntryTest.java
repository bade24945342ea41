package io.thingport.mqtt.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.thingport.mqtt.Route;
import io.thingport.mqtt.TopicName;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicEntryTest {

    private static final Route ROUTE = new Route() {
        @Override
        public boolean current() {
            return true;
        }

        @Override
        public boolean cacheable() {
            return true;
        }
    };

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 15, 16, 17, 24, 100})
    void isTheTopicWhereverItStandsInTheBuffer(int length) {
        String topic = "abcdefghi/".repeat(10).substring(0, length);

        assertThat(entry(topic).is(buffer("xyz" + topic + "xyz"), 3, length)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 15, 16, 17, 24, 100})
    void isNoTopicThatDiffersInOneByte(int length) {
        String topic = "a".repeat(length);
        for (int i = 0; i < length; i++) {
            String other = "a".repeat(i) + "b" + "a".repeat(length - i - 1);
            assertThat(entry(topic).is(buffer(other), 0, length)).as(other).isFalse();
        }
    }

    @Property
    void isTheTopicOnlyWhenTheBytesAreTheSame(@ForAll @AlphaChars @StringLength(min = 1, max = 40) String topic,
            @ForAll @IntRange(max = 40) int cut) {
        int length = Math.min(cut, topic.length());

        assertThat(entry(topic).is(buffer(topic), 0, length)).isEqualTo(length == topic.length());
    }

    private static TopicEntry entry(String topic) {
        return new TopicEntry(TopicName.of(topic), ROUTE);
    }

    private static ByteBuf buffer(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }
}
