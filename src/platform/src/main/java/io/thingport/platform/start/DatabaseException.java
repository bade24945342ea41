package io.thingport.platform.start;

/** The database cannot be used: it refuses the connection, or its schema is not the one this application is written for. */
class DatabaseException extends RuntimeException {

    DatabaseException(String message) {
        super(message);
    }

    DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
