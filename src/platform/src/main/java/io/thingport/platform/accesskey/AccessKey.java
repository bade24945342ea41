package io.thingport.platform.accesskey;

import java.time.Instant;
import java.util.Set;

/** An access key as it is listed, without its secret. */
public record AccessKey(String accessKeyId, Set<Scope> scopes, Instant createdAt) {
    public AccessKey {
        scopes = Set.copyOf(scopes);
    }
}
