package io.thingport.platform.watch;

/** Nobody more can watch now. Carries no stack trace: callers provoke it at will. */
public final class TooManyWatchersException extends Exception {

    TooManyWatchersException(String message) {
        super(message, null, false, false);
    }
}
