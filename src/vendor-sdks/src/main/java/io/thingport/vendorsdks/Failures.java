package io.thingport.vendorsdks;

import java.util.Map;
import java.util.Objects;

/** An SDK's exceptions as fields. */
final class Failures {

    private Failures() {
    }

    static Map<String, Object> of(Exception exception, String code, String message) {
        return Map.of("Exception", exception.getClass().getSimpleName(), "Code", Objects.toString(code), "Message",
                Objects.toString(message));
    }
}
