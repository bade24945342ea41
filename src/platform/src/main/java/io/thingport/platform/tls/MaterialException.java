package io.thingport.platform.tls;

/** Files of TLS that cannot be used. The message names the file and what is wrong with it. */
final class MaterialException extends Exception {

    MaterialException(String message) {
        super(message);
    }

    MaterialException(String message, Throwable cause) {
        super(message, cause);
    }
}
