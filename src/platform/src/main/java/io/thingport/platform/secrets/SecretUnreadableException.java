package io.thingport.platform.secrets;

/**
 * A sealed secret cannot be opened: it was changed, belongs to something else, or was sealed with another master key.
 * Carries no stack trace: what clients show as a token provokes it.
 */
public class SecretUnreadableException extends RuntimeException {

    public SecretUnreadableException(String message) {
        super(message, null, false, false);
    }
}
