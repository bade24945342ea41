package io.thingport.web.openapi;

import jakarta.json.JsonObject;
import java.util.Optional;

/** An operation was run and refuses. Carries no stack trace: callers provoke it at will. */
final class IotException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final IotError error;
    private final transient Optional<JsonObject> data;

    /** @param message for a human */
    IotException(IotError error, String message) {
        this(error, message, Optional.empty());
    }

    /**
     * @param message for a human
     * @param data    what is wrong in particular
     */
    IotException(IotError error, String message, JsonObject data) {
        this(error, message, Optional.of(data));
    }

    private IotException(IotError error, String message, Optional<JsonObject> data) {
        super(message, null, false, false);
        this.error = error;
        this.data = data;
    }

    IotError error() {
        return error;
    }

    /** What stands in {@code Data}. */
    Optional<JsonObject> data() {
        return data;
    }
}
