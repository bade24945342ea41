package io.thingport.platform.upstream;

/** The engine does not take messages now. */
public class UpstreamException extends Exception {

    public UpstreamException(String message) {
        super(message);
    }

    public UpstreamException(String message, Throwable cause) {
        super(message, cause);
    }
}
