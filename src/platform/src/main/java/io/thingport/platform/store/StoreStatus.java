package io.thingport.platform.store;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether writing succeeds.
 *
 * @param failingSince when the first attempt failed that none has succeeded after; empty while all is well
 * @param problem      why the last one failed
 */
public record StoreStatus(Optional<Instant> failingSince, Optional<String> problem) {

    /** All is well. */
    public static final StoreStatus WRITING = new StoreStatus(Optional.empty(), Optional.empty());
}
