package io.thingport.platform.accesskey;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * An access key as it is listed, without its secret.
 *
 * @param products           the product keys that it is confined to; empty = it is not
 * @param rate               calls in a second, 0 = as many as come; empty = as the configuration has it
 * @param previousValidUntil until when its old secret is valid, too
 * @param lastUsed           to the minute
 */
public record AccessKey(String accessKeyId, String description, Set<Scope> scopes, Set<String> products, OptionalInt rate,
        boolean enabled, Instant createdAt, Optional<Instant> previousValidUntil, Optional<Instant> lastUsed) {

    public AccessKey {
        scopes = Set.copyOf(scopes);
        products = Set.copyOf(products);
    }
}
