package io.thingport.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.thingport.mqtt.CallOutcome;
import io.thingport.mqtt.CallOutcome.Status;
import io.thingport.web.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallAnswerTest {

    @Test
    void aReplyInUtf8IsGivenAsTextToo() {
        assertThat(CallAnswer.of(CallOutcome.success(Long.MAX_VALUE, "ä".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(new CallAnswer("9223372036854775807", "success", Optional.of("ä"), Optional.of("w6Q=")));
    }

    @Test
    void aReplyOfOtherBytesIsGivenInBase64Alone() {
        assertThat(CallAnswer.of(CallOutcome.success(1, new byte[] {(byte) 0xFF})))
                .isEqualTo(new CallAnswer("1", "success", Optional.empty(), Optional.of("/w==")));
    }

    @ParameterizedTest
    @CsvSource({"TIMEOUT, timeout", "OFFLINE, offline", "HALF_CONNECTED, half-connected",
            "NOT_SUBSCRIBED, not-subscribed", "NO_EXT, no-ext"})
    void whatTheDeviceDoesOrDoesNotDoIsAnOutcome(Status status, String outcome) {
        assertThat(CallAnswer.of(CallOutcome.failed(status, 7)))
                .isEqualTo(new CallAnswer("7", outcome, Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"FORBIDDEN_TOPIC, 422", "UNKNOWN_DEVICE, 404", "TOO_LARGE, 413", "UNAVAILABLE, 503",
            "THROTTLED, 429"})
    void theRestIsAProblem(Status status, int httpStatus) {
        ProblemException problem = catchThrowableOfType(ProblemException.class,
                () -> CallAnswer.of(CallOutcome.failed(status, 0)));
        assertThat(problem.code().status()).isEqualTo(httpStatus);
    }
}
