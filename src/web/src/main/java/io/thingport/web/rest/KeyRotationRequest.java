package io.thingport.web.rest;

import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A new secret for an access key. */
@Schema(name = "AccessKeyRotation")
public record KeyRotationRequest(
        @Schema(description = "How long the old secret stays valid; 0 for not at all, which ends what was opened with it",
                minimum = "0", maximum = "2592000", defaultValue = "86400") Optional<Integer> graceSeconds) {

    private static final int GRACE_DEFAULT = 86_400;

    Duration grace() {
        return Duration.ofSeconds(graceSeconds.orElse(GRACE_DEFAULT));
    }
}
