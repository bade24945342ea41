package io.thingport.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.thingport.mqtt.DeviceKey;
import io.thingport.web.problem.FieldError;
import io.thingport.web.problem.ProblemException;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathKeysTest {

    private static String[] wrongFields(ThrowingCallable call) {
        return catchThrowableOfType(ProblemException.class, call).errors().stream().map(FieldError::field)
                .toArray(String[]::new);
    }

    @Test
    void acceptsWhatADeviceKeyAccepts() {
        assertThat(PathKeys.deviceKey("a1", "d-_@.:")).isEqualTo(new DeviceKey("a1", "d-_@.:"));
    }

    @Test
    void namesBothWrongParts() {
        assertThat(wrongFields(() -> PathKeys.deviceKey("a/1", "abc"))).containsExactly("productKey", "deviceName");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "x", "1.5", "99999999999999999999"})
    void refusesALimitThatIsNoWholeNumber(String limit) {
        assertThat(wrongFields(() -> PathKeys.limit(Optional.of(limit)))).containsExactly("limit");
    }

    @Test
    void leavesALargeLimitToTheRegistry() {
        assertThat(PathKeys.limit(Optional.of("99999999999"))).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void aPageHas50ItemsUnlessAsked() {
        assertThat(PathKeys.limit(Optional.empty())).isEqualTo(50);
    }

    @Test
    void namesATopicClassIdThatIsNoNumber() {
        assertThat(wrongFields(() -> PathKeys.id("user"))).containsExactly("id");
    }
}
