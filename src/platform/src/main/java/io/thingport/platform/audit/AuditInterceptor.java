package io.thingport.platform.audit;

import io.thingport.mqtt.DeviceKey;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;

/** Enters what {@link Audited} methods have done. Stateless; on the caller's thread. */
@Interceptor
@Audited
@Priority(Interceptor.Priority.APPLICATION)
class AuditInterceptor {

    @Inject
    private AuditTrail trail;

    /** For the container. */
    AuditInterceptor() {
    }

    AuditInterceptor(AuditTrail trail) {
        this.trail = trail;
    }

    @AroundInvoke
    Object enter(InvocationContext call) throws Exception {
        Object result = call.proceed();
        Method method = call.getMethod();
        Subject made = result instanceof Auditable auditable ? auditable.auditSubject() : Subject.NONE;
        trail.done(action(method.getAnnotation(Audited.class), call.getParameters()), given(method, call.getParameters()).or(made));
        return result;
    }

    private static String action(Audited audited, Object[] values) {
        return !audited.ifFalse().isEmpty() && Arrays.asList(values).contains(false) ? audited.ifFalse() : audited.value();
    }

    private static Subject given(Method method, Object[] values) {
        Annotation[][] marks = method.getParameterAnnotations();
        Subject given = Subject.NONE;
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof DeviceKey key) {
                given = given.or(Subject.device(key));
            } else if (marked(marks[i], Audited.Product.class)) {
                given = given.or(Subject.product(values[i].toString()));
            } else if (marked(marks[i], Audited.Id.class)) {
                given = given.or(Subject.id(values[i].toString()));
            }
        }
        return given;
    }

    private static boolean marked(Annotation[] marks, Class<? extends Annotation> mark) {
        return Arrays.stream(marks).anyMatch(mark::isInstance);
    }
}
