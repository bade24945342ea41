package io.thingport.sample;

/** Something could not be done that may succeed later. */
public class NotNowException extends RuntimeException {

    NotNowException(String message) {
        super(message);
    }
}
