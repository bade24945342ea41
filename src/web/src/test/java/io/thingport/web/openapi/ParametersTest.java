package io.thingport.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {

    private static Map<String, String> of(String encoded) {
        return new Parameters().add(encoded.getBytes(StandardCharsets.ISO_8859_1)).all();
    }

    @Test
    void aPlusIsABlankAndAnEscapedOneAPlus() {
        assertThat(of("a=1+2%2B3")).isEqualTo(Map.of("a", "1 2+3"));
    }

    @Test
    void escapesAreUtf8() {
        assertThat(of("%E4%B8%AD=%e4%bd%a0")).isEqualTo(Map.of("中", "你"));
    }

    @Test
    void aParameterNeedsNoValue() {
        assertThat(of("a=&b&c==")).isEqualTo(Map.of("a", "", "b", "", "c", "="));
    }

    @Test
    void nothingIsNoParameter() {
        assertThat(of("")).isEmpty();
        assertThat(of("&&")).isEmpty();
    }

    @Test
    void theSameTwiceIsOnce() {
        assertThat(of("a=1&a=1")).isEqualTo(Map.of("a", "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=1&a=2", "a=%", "a=%2", "a=%zz", "a=%+1", "%ff=1", "a=%C3", "a=%ED%A0%80", "a=x%00", "x%00=1"})
    void whatIsMalformedOrAmbiguousIsRefused(String encoded) {
        assertThatThrownBy(() -> of(encoded)).isInstanceOfSatisfying(GatewayException.class,
                e -> assertThat(e.error()).isEqualTo(GatewayError.INVALID_PARAMETER));
    }

    @Test
    void tooManyAreRefused() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i <= Parameters.MAXIMUM; i++) {
            many.append(i).append("=&");
        }
        assertThatThrownBy(() -> of(many.toString())).isInstanceOf(GatewayException.class);
    }
}
