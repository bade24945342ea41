package io.thingport.platform.accesskey;

import java.util.Set;

/** An authenticated caller of a business API. */
public record Caller(String accessKeyId, Set<Scope> scopes) {
    public Caller {
        scopes = Set.copyOf(scopes);
    }

    /** Whether the caller may do something of this scope to a product and its devices. */
    public boolean may(Scope scope, String productKey) {
        return scopes.contains(scope);
    }

    /** Whether the caller has a scope, for one product at least. */
    public boolean may(Scope scope) {
        return scopes.contains(scope);
    }
}
