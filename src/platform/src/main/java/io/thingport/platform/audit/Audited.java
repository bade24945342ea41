package io.thingport.platform.audit;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Enters each call of a bean's method that returns into the audit trail, in the transaction of the call. What it was done
 * on is taken from parameters of type {@link io.thingport.mqtt.DeviceKey}, from those marked {@link Product} and {@link Id},
 * and from what it returns, if that is {@link Auditable}.
 */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Audited {

    /** The name of the action, such as {@code device.delete}. */
    @Nonbinding
    String value() default "";

    /** The name of the action instead, when a parameter is false. */
    @Nonbinding
    String ifFalse() default "";

    /** The parameter is the key of the product. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    @interface Product {
    }

    /** The parameter, as text, is the id of what it is done on. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    @interface Id {
    }
}
