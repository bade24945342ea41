package io.thingport.platform.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * Which entries are asked for: those that meet all that is given.
 *
 * @param from   included
 * @param to     not included
 * @param action the whole name, or its beginning up to a dot: {@code device.}
 */
public record AuditFilter(Optional<Instant> from, Optional<Instant> to, Optional<String> caller, Optional<String> productKey,
        Optional<String> action) {

    /** All entries. */
    public static final AuditFilter ALL = new AuditFilter(Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty());
}
