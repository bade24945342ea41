package io.thingport.web.openapi;

/** A request is refused before an operation is run. Carries no stack trace: callers provoke it at will. */
final class GatewayException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final GatewayError error;

    /** @param message for a human */
    GatewayException(GatewayError error, String message) {
        super(message, null, false, false);
        this.error = error;
    }

    GatewayError error() {
        return error;
    }
}
