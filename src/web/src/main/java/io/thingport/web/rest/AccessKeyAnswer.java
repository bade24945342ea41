package io.thingport.web.rest;

import io.thingport.platform.accesskey.AccessKey;
import io.thingport.platform.accesskey.Scope;
import io.thingport.web.DashedName;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An access key, without its secret. */
@Schema(name = "AccessKey", requiredProperties = {"accessKeyId", "scopes", "createdAt"})
public record AccessKeyAnswer(String accessKeyId,
        @Schema(description = "Those of manage, message and consume that it has") List<String> scopes, Instant createdAt) {

    static AccessKeyAnswer of(AccessKey key) {
        return new AccessKeyAnswer(key.accessKeyId(), names(key.scopes()), key.createdAt());
    }

    static List<String> names(Set<Scope> scopes) {
        return scopes.stream().sorted().map(DashedName::of).toList();
    }
}
