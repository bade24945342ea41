package io.thingport.platform.registry;

import io.thingport.platform.secrets.Secret;
import java.time.Instant;
import java.util.Optional;

/**
 * The new secret of a device.
 *
 * @param previousValidUntil until when the old one is valid, too; empty when it is not
 */
public record RotatedSecret(Secret secret, Optional<Instant> previousValidUntil) {
}
