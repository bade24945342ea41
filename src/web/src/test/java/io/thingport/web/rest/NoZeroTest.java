package io.thingport.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.web.problem.ProblemCode;
import io.thingport.web.problem.ProblemException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoZeroTest {

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/products/a%00", "/api/v1/log?keyword=%00", "/api/v1/log?%00=1"})
    void theCharacterZeroIsRefused(String uri) {
        assertThatThrownBy(() -> NoZero.check(URI.create(uri))).isInstanceOfSatisfying(ProblemException.class,
                e -> assertThat(e.code()).isEqualTo(ProblemCode.BAD_REQUEST));
    }

    @Test
    void whatOnlyLooksLikeItIsNot() {
        assertThatCode(() -> NoZero.check(URI.create("/api/v1/log?keyword=%2500"))).doesNotThrowAnyException();
    }
}
