package io.thingport.web.rest;

import io.thingport.platform.registry.RotatedSecret;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The new secret of a device. Prints none. */
@Schema(name = "RotatedSecret", requiredProperties = "deviceSecret")
public record RotatedSecretAnswer(String deviceSecret,
        @Schema(description = "Until when the old secret is valid, too; absent when it is not")
        Optional<Instant> previousValidUntil) {

    static RotatedSecretAnswer of(RotatedSecret rotated) {
        return new RotatedSecretAnswer(rotated.secret().reveal(), rotated.previousValidUntil());
    }

    @Override
    public String toString() {
        return "RotatedSecretAnswer[" + previousValidUntil + "]";
    }
}
