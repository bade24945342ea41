package io.thingport.platform.secrets;

import jakarta.ejb.ApplicationException;

/** There is no master key, or not the one that this database's secrets were sealed with. */
@ApplicationException(rollback = true)
public class MasterKeyException extends RuntimeException {

    public MasterKeyException(String message) {
        super(message);
    }
}
