package io.thingport.it.mqtt3;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A test that holds in 3.1 and in 3.1.1: its first parameter is the protocol level, 3 or 4. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "level {0}")
@ValueSource(ints = {3, 4})
@interface EachVersion {
}
