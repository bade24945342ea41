package io.thingport.platform.accesskey;

import io.thingport.platform.secrets.Secret;
import java.time.Instant;
import java.util.Optional;

/**
 * An access key with what proves it, for memory alone. Prints no secret.
 *
 * @param enabled  else whoever has it is nobody
 * @param previous the secret before the last rotation, while it is valid, too
 * @param version  rises with each change
 */
public record KnownKey(Caller caller, boolean enabled, Secret secret, Optional<Previous> previous, int version) {

    /** @param until when it is valid no more */
    public record Previous(Secret secret, Instant until) {
    }
}
