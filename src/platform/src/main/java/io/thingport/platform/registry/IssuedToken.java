package io.thingport.platform.registry;

import java.time.Instant;
import java.util.Optional;

/**
 * A token that a physical device was given, for the operator.
 *
 * @param clientId    tells it from the others of the device
 * @param activatedAt when it was first connected with
 */
public record IssuedToken(String clientId, Instant createdAt, Optional<Instant> activatedAt) {
}
