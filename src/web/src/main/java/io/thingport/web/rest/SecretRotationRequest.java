package io.thingport.web.rest;

import io.thingport.platform.secrets.Secret;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A new secret for a device. Prints no secret. */
@Schema(name = "SecretRotation")
public record SecretRotationRequest(
        @Schema(description = "16 to 64 letters and digits; made up when absent") Optional<String> deviceSecret,
        @Schema(description = "How long the old secret stays valid; 0 for not at all, which ends the device's connection",
                minimum = "0", maximum = "2592000", defaultValue = "86400") Optional<Integer> graceSeconds) {

    private static final int GRACE_DEFAULT = 86_400;

    Optional<Secret> secret() {
        return GivenSecret.of("deviceSecret", deviceSecret);
    }

    Duration grace() {
        return Duration.ofSeconds(graceSeconds.orElse(GRACE_DEFAULT));
    }

    @Override
    public String toString() {
        return "SecretRotationRequest[" + graceSeconds + "]";
    }
}
