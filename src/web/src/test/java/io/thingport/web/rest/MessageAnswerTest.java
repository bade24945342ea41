package io.thingport.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.thingport.mqtt.SendOutcome;
import io.thingport.platform.messaging.PubResult;
import io.thingport.web.problem.ProblemException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageAnswerTest {

    @ParameterizedTest
    @CsvSource({"SENT, sent", "STORED, stored", "NO_SESSION, no-session", "NOT_SUBSCRIBED, not-subscribed"})
    void whatTheDevicesSessionDoesIsAnOutcome(SendOutcome outcome, String name) {
        assertThat(MessageAnswer.of(new PubResult(Long.MAX_VALUE, outcome)))
                .isEqualTo(new MessageAnswer("9223372036854775807", name));
    }

    @ParameterizedTest
    @CsvSource({"DROPPED, 503", "TOO_LARGE, 413", "FORBIDDEN_TOPIC, 422", "UNKNOWN_DEVICE, 404", "UNAVAILABLE, 503",
            "THROTTLED, 429"})
    void theRestIsAProblem(SendOutcome outcome, int httpStatus) {
        ProblemException problem = catchThrowableOfType(ProblemException.class,
                () -> MessageAnswer.of(new PubResult(1, outcome)));
        assertThat(problem.code().status()).isEqualTo(httpStatus);
    }
}
