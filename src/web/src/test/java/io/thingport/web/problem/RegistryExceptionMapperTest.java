package io.thingport.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.platform.registry.RegistryProblem;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class RegistryExceptionMapperTest {

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ALL, names = "INVALID_.*")
    void namesTheFieldOfAnInvalidValue(RegistryProblem problem) {
        ProblemException told = RegistryExceptionMapper.problem(problem, "name: 4 to 30 letters");
        assertThat(told.code()).isEqualTo(ProblemCode.INVALID_REQUEST);
        assertThat(told.errors()).singleElement().extracting(FieldError::message).isEqualTo("4 to 30 letters");
    }

    /** There are no applies for devices at this API. */
    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_NONE, names = {"INVALID_.*", "APPLY_.*", ".*_APPLIES"})
    void keepsTheRegistrysOwnCode(RegistryProblem problem) {
        assertThat(RegistryExceptionMapper.problem(problem, "no").code().name()).isEqualTo(problem.name());
    }

    @Test
    void tellsNotFoundFromConflict() {
        assertThat(statuses("NOT_FOUND")).containsOnly(404);
        assertThat(statuses("EXISTS")).containsOnly(409);
    }

    private static List<Integer> statuses(String nameEnd) {
        Stream<RegistryProblem> problems = Arrays.stream(RegistryProblem.values());
        return problems.filter(p -> p.name().endsWith(nameEnd) && !p.name().startsWith("APPLY"))
                .map(p -> RegistryExceptionMapper.problem(p, "no").code().status()).toList();
    }
}
