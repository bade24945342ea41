package io.thingport.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemExceptionTest {

    @Test
    void detailNamesEveryField() {
        assertThat(ProblemException.invalid(List.of(new FieldError("qos", "has to be 0 or 1"),
                new FieldError("topic", "is missing"))).getMessage())
                .isEqualTo("qos: has to be 0 or 1; topic: is missing");
    }

    @Test
    void costsNoStackTrace() {
        assertThat(new ProblemException(ProblemCode.UNAUTHENTICATED, "no").getStackTrace()).isEmpty();
    }
}
