package io.thingport.platform.accesskey;

import jakarta.ejb.Stateless;
import java.util.Optional;

/** The access keys of the installation. Calls block on the database. */
@Stateless
public class AccessKeys {

    /** The caller with this key, or empty when the id is unknown, the key disabled or the secret wrong. */
    public Optional<Caller> authenticate(String accessKeyId, String secret) {
        throw new UnsupportedOperationException();
    }
}
