package io.thingport.platform.start;

/** The database's schema is not the one that this application is written for. */
class SchemaException extends RuntimeException {

    SchemaException(String message) {
        super(message);
    }
}
