package io.thingport.web.openapi;

import java.util.Map;
import java.util.Optional;

/** One element of a list of records among the parameters: its fields by name. */
record Fields(Map<String, String> values) {

    Fields {
        values = Map.copyOf(values);
    }

    /** A field; empty when it is absent or has no value. */
    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }
}
