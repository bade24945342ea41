package io.thingport.upstream.amqp;

/** A login that is refused. The message says why, for the log. Cheap to make: strangers can provoke it. */
final class LoginException extends Exception {

    LoginException(String message) {
        super(message, null, false, false);
    }
}
