package io.thingport.platform.registry;

import io.thingport.platform.secrets.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a device may prove itself with.
 *
 * @param present  its secret
 * @param previous the secret it had before, after a rotation
 * @param tokens   of the physical devices under its name
 */
public record DeviceSecrets(Secret present, Optional<Previous> previous, List<DeviceToken> tokens) {

    public DeviceSecrets {
        tokens = List.copyOf(tokens);
    }

    /** A secret that was replaced, and until when it is as good as the new one. */
    public record Previous(Secret secret, Instant validUntil) {
    }

    /** The secret of a device that has no other. */
    public static DeviceSecrets of(Secret present) {
        return new DeviceSecrets(present, Optional.empty(), List.of());
    }

    /** The previous secret, when it is still valid. */
    public Optional<Secret> previousAt(Instant now) {
        return previous.filter(p -> now.isBefore(p.validUntil())).map(Previous::secret);
    }
}
