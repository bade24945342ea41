package io.thingport.platform.accesskey;

import io.thingport.platform.secrets.Secret;
import java.time.Instant;
import java.util.Optional;

/**
 * The new secret of an access key; it is told this once.
 *
 * @param previousValidUntil until when the old one is valid, too; empty when it is not
 */
public record RotatedKey(Secret secret, Optional<Instant> previousValidUntil) {
}
