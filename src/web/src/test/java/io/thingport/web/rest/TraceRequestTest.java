package io.thingport.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.platform.devicelog.LogLevel;
import io.thingport.web.problem.ProblemCode;
import io.thingport.web.problem.ProblemException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TraceRequestTest {

    private static final TraceRequest NOTHING = new TraceRequest(Optional.empty(), Optional.empty(), Optional.empty());

    @Test
    void tracesEachMessageUnlessToldOtherwise() {
        assertThat(NOTHING.logLevel()).isEqualTo(LogLevel.MESSAGES);
    }

    @Test
    void showsNoPayloadUnlessTold() {
        assertThat(NOTHING.withPayloads()).isFalse();
    }

    @Test
    void tracesForAQuarterOfAnHourUnlessToldOtherwise() {
        assertThat(NOTHING.time()).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void refusesALevelThatThereIsNot() {
        assertThatThrownBy(() -> new TraceRequest(Optional.of("MESSAGES"), Optional.empty(), Optional.empty()).logLevel())
                .isInstanceOfSatisfying(ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_REQUEST));
    }
}
