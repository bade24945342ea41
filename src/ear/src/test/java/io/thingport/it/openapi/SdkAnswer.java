package io.thingport.it.openapi;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * What an SDK made of an answer: the values of its typed getters, or of its exception's.
 *
 * @param operation what was called
 * @param fields    by name: text, numbers, flags, lists and maps of these
 */
record SdkAnswer(String operation, Map<String, Object> fields) {

    boolean succeeded() {
        return Boolean.TRUE.equals(fields.get("Success")) && !failed();
    }

    /** Whether the SDK threw an exception. */
    boolean failed() {
        return fields.containsKey("Exception");
    }

    /** The code of a refusal. */
    String code() {
        return text("Code");
    }

    String text(String name) {
        return value(name).toString();
    }

    long number(String name) {
        return Long.parseLong(text(name));
    }

    boolean flag(String name) {
        return (Boolean) value(name);
    }

    /** A field's fields. */
    SdkAnswer record(String name) {
        return of(value(name));
    }

    /** A list's records, bare or in a wrapper of one field: one SDK takes the wrapper away. */
    List<SdkAnswer> records(String name) {
        return list(name).stream().map(this::of).toList();
    }

    /** A list's texts, bare or in a wrapper of one field. */
    List<String> texts(String name) {
        return list(name).stream().map(Object::toString).toList();
    }

    private List<?> list(String name) {
        Object value = value(name);
        while (value instanceof Map<?, ?> wrapper && wrapper.size() == 1) {
            value = wrapper.values().iterator().next();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw new NoSuchElementException(name + " is no list in " + this);
    }

    @SuppressWarnings("unchecked") // maps have names of fields
    private SdkAnswer of(Object value) {
        return new SdkAnswer(operation, (Map<String, Object>) value);
    }

    private Object value(String name) {
        Object value = fields.get(name);
        if (value == null) {
            throw new NoSuchElementException("no " + name + " in " + this);
        }
        return value;
    }
}
