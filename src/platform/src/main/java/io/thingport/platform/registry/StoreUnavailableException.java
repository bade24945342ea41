package io.thingport.platform.registry;

import jakarta.ejb.ApplicationException;

/**
 * The database did not do what an event loop waits for. An application exception, so that the container does not log each
 * of the many there are while the database is away; who catches it says so once.
 */
@ApplicationException(rollback = true)
class StoreUnavailableException extends RuntimeException {

    StoreUnavailableException(RuntimeException cause) {
        super(cause.getMessage(), cause);
    }
}
