package io.thingport.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.mqtt.DeviceKey;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditInterceptorTest {

    private static final DeviceKey LAMP = new DeviceKey("a1AbCdEfGhI", "lamp");

    private record Entered(String action, Subject subject) {
    }

    private record Made(Subject auditSubject) implements Auditable {
    }

    private static final class Work {

        @Audited("class.change")
        void change(@Audited.Product String productKey, @Audited.Id long id, String secret) {
        }

        @Audited(value = "device.enable", ifFalse = "device.disable")
        void enable(DeviceKey device, boolean enabled) {
        }

        @Audited("device.create")
        Made create(@Audited.Product String productKey) {
            return new Made(Subject.device(LAMP));
        }
    }

    private final List<Entered> entered = new ArrayList<>();
    private final AuditInterceptor interceptor = new AuditInterceptor(new AuditTrail() {
        @Override
        public void done(String action, Subject subject) {
            entered.add(new Entered(action, subject));
        }
    });

    @Test
    void markedParametersSayWhatItWasDoneOnAndNoOthers() throws Exception {
        call("change", List.of("a1AbCdEfGhI", 7L, "secret"), Optional.empty());

        assertThat(entered).containsExactly(new Entered("class.change",
                new Subject(Optional.of("a1AbCdEfGhI"), Optional.empty(), Optional.of("7"))));
    }

    @Test
    void anActionHasAnotherNameWhenItsParameterIsFalse() throws Exception {
        call("enable", List.of(LAMP, true), Optional.empty());
        call("enable", List.of(LAMP, false), Optional.empty());

        assertThat(entered).containsExactly(new Entered("device.enable", Subject.device(LAMP)),
                new Entered("device.disable", Subject.device(LAMP)));
    }

    @Test
    void whatWasMadeSaysItsName() throws Exception {
        call("create", List.of("a1AbCdEfGhI"), Optional.of(new Made(Subject.device(LAMP))));

        assertThat(entered).containsExactly(new Entered("device.create", Subject.device(LAMP)));
    }

    @Test
    void whatFailedIsNotEntered() {
        assertThatThrownBy(() -> interceptor.enter(context("create", List.of("none"), () -> {
            throw new IllegalStateException();
        }))).isInstanceOf(IllegalStateException.class);

        assertThat(entered).isEmpty();
    }

    private void call(String name, List<Object> values, Optional<Object> result) throws Exception {
        interceptor.enter(context(name, values, () -> result.orElse(null)));
    }

    private interface Proceed {
        Object proceed();
    }

    private static InvocationContext context(String name, List<Object> values, Proceed proceed) {
        Method called = Arrays.stream(Work.class.getDeclaredMethods()).filter(m -> m.getName().equals(name)).findFirst()
                .orElseThrow();
        return (InvocationContext) Proxy.newProxyInstance(AuditInterceptorTest.class.getClassLoader(),
                new Class<?>[] {InvocationContext.class}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "proceed" -> proceed.proceed();
                    case "getMethod" -> called;
                    case "getParameters" -> values.toArray();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
