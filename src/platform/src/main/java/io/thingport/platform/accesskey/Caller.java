package io.thingport.platform.accesskey;

import java.util.OptionalInt;
import java.util.Set;

/**
 * An authenticated caller of a business API.
 *
 * @param accessKeyId of the access key
 * @param products    the product keys that the scopes are confined to; empty = all, those to come included
 * @param rate        calls in a second, 0 = as many as come; empty = as the configuration has it
 */
public record Caller(String accessKeyId, Set<Scope> scopes, Set<String> products, OptionalInt rate) {

    public Caller {
        scopes = Set.copyOf(scopes);
        products = Set.copyOf(products);
    }

    /** One whose scopes are not confined. */
    public Caller(String accessKeyId, Set<Scope> scopes) {
        this(accessKeyId, scopes, Set.of(), OptionalInt.empty());
    }

    /** Whether the caller may do something of this scope to a product and its devices. */
    public boolean may(Scope scope, String productKey) {
        return may(scope) && (products.isEmpty() || products.contains(productKey));
    }

    /** Whether the caller has a scope, for one product at least. */
    public boolean may(Scope scope) {
        return scopes.contains(scope) || scope == Scope.READ && scopes.contains(Scope.MANAGE);
    }

    /** Whether the caller has a scope, and for all products: what belongs to none is his business, too. */
    public boolean mayEverywhere(Scope scope) {
        return may(scope) && products.isEmpty();
    }
}
