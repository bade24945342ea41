package io.thingport.web.rest;

import io.thingport.platform.accesskey.AccessKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An access key, without its secret. */
@Schema(name = "AccessKey", requiredProperties = {"accessKeyId", "description", "scopes", "products", "enabled", "createdAt"})
public record AccessKeyAnswer(String accessKeyId, String description,
        @Schema(description = "Those of manage, message, consume, read and administer that it has") List<String> scopes,
        @Schema(description = "The product keys that it is confined to; empty when it is not") List<String> products,
        @Schema(description = "Requests in a second, 0 for as many as come; absent where the configuration says it")
        Optional<Integer> rate,
        boolean enabled, Instant createdAt,
        @Schema(description = "Until when its old secret is valid, too; absent when it is not")
        Optional<Instant> previousValidUntil,
        @Schema(description = "To the minute; absent when it never was") Optional<Instant> lastUsed) {

    /** @param used since the start, which the key does not know yet */
    static AccessKeyAnswer of(AccessKey key, Optional<Instant> used) {
        return new AccessKeyAnswer(key.accessKeyId(), key.description(), ScopeNames.of(key.scopes()),
                key.products().stream().sorted().toList(), key.rate().stream().boxed().findFirst(), key.enabled(),
                key.createdAt(), key.previousValidUntil(), used.or(key::lastUsed));
    }
}
