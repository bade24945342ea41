package io.thingport.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.platform.accesskey.Caller;
import io.thingport.platform.accesskey.Scope;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InvocationTest {

    private static Invocation of(Map<String, String> parameters) {
        Operation operation = new Operation("Pub", Scope.MESSAGE, in -> null);
        return new Invocation(operation, new Caller("key", Set.of(Scope.MESSAGE)), parameters);
    }

    @Test
    void anEmptyValueIsAnAbsentOne() {
        assertThat(of(Map.of("IotInstanceId", "")).text("IotInstanceId")).isEmpty();
    }

    @Test
    void aListIsInTheOrderOfItsNumbersAndMayHaveGaps() {
        assertThat(of(Map.of("DeviceName.10", "c", "DeviceName.2", "b", "DeviceName.1", "a", "DeviceName.x", "d",
                "DeviceNameList.1", "e")).list("DeviceName")).containsExactly("a", "b", "c");
    }

    @Test
    void recordsAreInTheOrderOfTheirNumbers() {
        assertThat(of(Map.of("UserProp.2.Key", "k2", "UserProp.1.Value", "v1", "UserProp.1.Key", "k1", "UserProp.1", "x"))
                .records("UserProp")).containsExactly(new Fields(Map.of("Key", "k1", "Value", "v1")),
                        new Fields(Map.of("Key", "k2")));
    }

    @Test
    void aRecordWithoutAnyValueIsNone() {
        assertThat(of(Map.of("DeviceNameList.1.DeviceName", "")).records("DeviceNameList")).isEmpty();
    }

    @Test
    void aNumberThatIsNoneIsTheErrorOfItsParameter() {
        assertThatThrownBy(() -> of(Map.of("Timeout", "5s")).integer("Timeout", IotError.INVALID_TIMEOUT_VALUE))
                .isInstanceOfSatisfying(IotException.class,
                        e -> assertThat(e.error()).isEqualTo(IotError.INVALID_TIMEOUT_VALUE));
    }

    @Test
    void aNumberOf64BitsIsNoInteger() {
        assertThatThrownBy(() -> of(Map.of("Qos", "4294967296")).integer("Qos", IotError.INVALID_FORMATTED_PARAMETER))
                .isInstanceOf(IotException.class);
    }

    @Test
    void aCallerWithoutTheScopeIsRefusedByTheGateway() {
        Operation operation = new Operation("DeleteProduct", Scope.MANAGE, in -> null);
        Invocation invocation = new Invocation(operation, new Caller("key", Set.of(Scope.MESSAGE)),
                Map.of("ProductKey", "a1"));

        assertThatThrownBy(invocation::productKey).isInstanceOfSatisfying(GatewayException.class,
                e -> assertThat(e.error()).isEqualTo(GatewayError.FORBIDDEN));
    }
}
