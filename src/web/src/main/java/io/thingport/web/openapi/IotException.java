package io.thingport.web.openapi;

/** An operation was run and refuses. Carries no stack trace: callers provoke it at will. */
final class IotException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final IotError error;

    /** @param message for a human */
    IotException(IotError error, String message) {
        super(message, null, false, false);
        this.error = error;
    }

    IotError error() {
        return error;
    }
}
