package io.thingport.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.TopicName;
import io.thingport.web.problem.FieldError;
import io.thingport.web.problem.ProblemException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallRequestTest {

    private static final DeviceKey DEVICE = new DeviceKey("pk", "device");

    private static CallRequest.Call call(Optional<String> topic, Optional<Integer> timeoutMillis) {
        return new CallRequest(topic, Optional.of("hi"), Optional.empty(), timeoutMillis).call(DEVICE);
    }

    private static String[] wrongFields(Optional<String> topic, Optional<Integer> timeoutMillis) {
        return catchThrowableOfType(ProblemException.class, () -> call(topic, timeoutMillis)).errors().stream()
                .map(FieldError::field).toArray(String[]::new);
    }

    @Test
    void usesTheSystemFormUnlessATopicIsGiven() {
        assertThat(call(Optional.empty(), Optional.empty()).topic()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"user/get", "/pk/device/user/get"})
    void takesASuffixOrTheWholeTopic(String topic) {
        assertThat(call(Optional.of(topic), Optional.empty()).topic()).contains(TopicName.of("/pk/device/user/get"));
    }

    @Test
    void takesASystemTopicForAThingService() {
        assertThat(call(Optional.of("/sys/pk/device/thing/service/x"), Optional.empty()).topic())
                .contains(TopicName.of("/sys/pk/device/thing/service/x"));
    }

    @Test
    void refusesAWildcard() {
        assertThat(wrongFields(Optional.of("user/+"), Optional.empty())).containsExactly("topic");
    }

    @Test
    void waits5SecondsUnlessAsked() {
        assertThat(call(Optional.empty(), Optional.empty()).timeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 8000})
    void waitsFrom1To8Seconds(int millis) {
        assertThat(call(Optional.empty(), Optional.of(millis)).timeout()).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 999, 8001})
    void refusesAnyOtherTimeout(int millis) {
        assertThat(wrongFields(Optional.empty(), Optional.of(millis))).containsExactly("timeoutMillis");
    }
}
