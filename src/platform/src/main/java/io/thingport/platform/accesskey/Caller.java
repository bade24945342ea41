package io.thingport.platform.accesskey;

import java.util.Set;

/** An authenticated caller of a business API. */
public record Caller(String accessKeyId, Set<Scope> scopes) {
    public Caller {
        scopes = Set.copyOf(scopes);
    }
}
