package io.thingport.web.security;

import io.thingport.platform.accesskey.Scope;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The scope a caller of a resource method needs; a method without it is closed to everybody. Where the path names a product
 * the caller needs it for that product.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Needs {
    Scope value();

    /** Whether a caller who is confined to products may not call it: it makes or shows what belongs to no product. */
    boolean everywhere() default false;
}
