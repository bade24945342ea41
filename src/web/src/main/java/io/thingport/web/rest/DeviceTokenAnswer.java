package io.thingport.web.rest;

import io.thingport.platform.registry.IssuedToken;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A token that a physical device was given; the token itself is not kept. */
@Schema(name = "DeviceToken", requiredProperties = {"clientId", "createdAt"})
public record DeviceTokenAnswer(String clientId, Instant createdAt,
        @Schema(description = "When it was first connected with") Optional<Instant> activatedAt) {

    static DeviceTokenAnswer of(IssuedToken token) {
        return new DeviceTokenAnswer(token.clientId(), token.createdAt(), token.activatedAt());
    }
}
