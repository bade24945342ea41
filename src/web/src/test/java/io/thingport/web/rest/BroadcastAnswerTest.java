package io.thingport.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.thingport.mqtt.TopicName;
import io.thingport.platform.messaging.BroadcastResult;
import io.thingport.platform.messaging.BroadcastResult.Outcome;
import io.thingport.platform.messaging.Broadcaster;
import io.thingport.web.problem.ProblemCode;
import io.thingport.web.problem.ProblemException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BroadcastAnswerTest {

    @Test
    void whatWasSentIsAnsweredWithItsNumber() {
        assertThat(BroadcastAnswer.of(BroadcastResult.sent(Long.MAX_VALUE, 7)))
                .isEqualTo(new BroadcastAnswer("9223372036854775807", 7));
    }

    @ParameterizedTest
    @CsvSource({"FORBIDDEN_TOPIC, 422", "TOO_LARGE, 413", "TOO_OFTEN, 429", "UNAVAILABLE, 503"})
    void theRestIsAProblem(Outcome outcome, int httpStatus) {
        ProblemException problem = catchThrowableOfType(ProblemException.class,
                () -> BroadcastAnswer.of(BroadcastResult.refused(outcome)));
        assertThat(problem.code().status()).isEqualTo(httpStatus);
    }

    @ParameterizedTest
    @ValueSource(strings = {"news", "/broadcast/pk/news"})
    void aTopicIsGivenWholeOrAsWhatFollowsTheProduct(String topic) {
        assertThat(request(Optional.of(topic), "x").topic()).contains(TopicName.of("/broadcast/pk/news"));
    }

    @Test
    void withoutATopicItIsForAllDevices() {
        assertThat(request(Optional.empty(), "x").topic()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+", "news/#", "\u0000"})
    void aTopicIsATopicName(String topic) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> request(Optional.of(topic), "x"));
        assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_REQUEST);
    }

    @Test
    void aPayloadHas64KilobytesAtMost() {
        assertThat(request(Optional.empty(), "x".repeat(Broadcaster.PAYLOAD_MAXIMUM)).payload()).hasSize(65_536);
        ProblemException problem = catchThrowableOfType(ProblemException.class,
                () -> request(Optional.empty(), "x".repeat(Broadcaster.PAYLOAD_MAXIMUM + 1)));
        assertThat(problem.code()).isEqualTo(ProblemCode.MESSAGE_TOO_LARGE);
    }

    private static BroadcastRequest.Content request(Optional<String> topic, String payload) {
        return new BroadcastRequest(topic, Optional.of(payload), Optional.empty()).content("pk");
    }
}
