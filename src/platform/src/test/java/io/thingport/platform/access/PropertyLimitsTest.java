package io.thingport.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.TopicName;
import io.thingport.mqtt.UserProperty;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PropertyLimitsTest {

    @Test
    void twentyUserPropertiesArePermitted() {
        assertThat(check(Collections.nCopies(20, new UserProperty("k", "v")))).isEmpty();
        assertThat(check(Collections.nCopies(21, new UserProperty("k", "v")))).contains(ReasonCode.QUOTA_EXCEEDED);
    }

    @Test
    void keyAndValueHave128CharactersTogether() {
        assertThat(check(List.of(new UserProperty("k".repeat(100), "v".repeat(28))))).isEmpty();
        assertThat(check(List.of(new UserProperty("k".repeat(100), "v".repeat(29)))))
                .contains(ReasonCode.QUOTA_EXCEEDED);
    }

    @Test
    void charactersAreCodePoints() {
        assertThat(check(List.of(new UserProperty("k", "😀".repeat(127))))).isEmpty();
    }

    @Test
    void aKeyMayNotBeginWithAnUnderscore() {
        assertThat(check(List.of(new UserProperty("_k", "v")))).contains(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR);
    }

    @Test
    void aKeyMayBeEmpty() {
        assertThat(check(List.of(new UserProperty("", "v")))).isEmpty();
    }

    @Test
    void theResponseTopicHas128Characters() {
        assertThat(check(properties(Optional.of("/" + "x".repeat(127)), Optional.empty()))).isEmpty();
        assertThat(check(properties(Optional.of("/" + "x".repeat(128)), Optional.empty())))
                .contains(ReasonCode.QUOTA_EXCEEDED);
    }

    @Test
    void theCorrelationDataHas128Bytes() {
        assertThat(check(properties(Optional.empty(), Optional.of(new byte[128])))).isEmpty();
        assertThat(check(properties(Optional.empty(), Optional.of(new byte[129])))).contains(ReasonCode.QUOTA_EXCEEDED);
    }

    private static PublishProperties properties(Optional<String> responseTopic, Optional<byte[]> correlationData) {
        return new PublishProperties(OptionalInt.empty(), OptionalLong.empty(), Optional.empty(),
                responseTopic.map(TopicName::of), correlationData, List.of());
    }

    private static Optional<ReasonCode> check(PublishProperties properties) {
        return PropertyLimits.check(properties).map(Refusal::reason);
    }

    private static Optional<ReasonCode> check(List<UserProperty> properties) {
        return PropertyLimits.check(properties).map(Refusal::reason);
    }
}
