package io.thingport.web.problem;

/**
 * What is wrong with one field or parameter.
 *
 * @param field   its name, {@code userProperties[0].key} when nested
 * @param message the rule it breaks
 */
public record FieldError(String field, String message) {
}
