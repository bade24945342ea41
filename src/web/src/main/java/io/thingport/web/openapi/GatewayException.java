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

    /** A parameter or header that has to be there is absent or has no value. */
    static GatewayException missing(String name) {
        return new GatewayException(GatewayError.MISSING_PARAMETER, "The parameter " + name
                + ", which the request needs, is missing.");
    }

    GatewayError error() {
        return error;
    }
}
