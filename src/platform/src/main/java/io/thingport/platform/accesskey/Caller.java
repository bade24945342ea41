package io.thingport.platform.accesskey;

import java.util.OptionalInt;
import java.util.Set;

/**
 * An authenticated caller of a business API.
 *
 * @param accessKeyId of the access key, or of a token: {@link #TOKEN} and whose it is
 * @param products    the product keys that the scopes are confined to; empty = all, those to come included
 * @param rate        calls in a second, 0 = as many as come; empty = as the configuration has it
 */
public record Caller(String accessKeyId, Set<Scope> scopes, Set<String> products, OptionalInt rate) {

    /** What the id of a caller begins with who has a token instead of an access key; no key's begins with it. */
    public static final String TOKEN = "jwt:";

    public Caller {
        scopes = Set.copyOf(scopes);
        products = Set.copyOf(products);
    }

    /** One whose scopes are not confined. */
    public Caller(String accessKeyId, Set<Scope> scopes) {
        this(accessKeyId, scopes, Set.of(), OptionalInt.empty());
    }

    /** Whether the caller has an access key, to which what he opens can be tied. */
    public boolean hasAccessKey() {
        return !accessKeyId.startsWith(TOKEN);
    }

    /** Whether the caller may do something of this scope to a product and its devices. */
    public boolean may(Scope scope, String productKey) {
        return may(scope) && (products.isEmpty() || products.contains(productKey));
    }

    /** Whether the caller has a scope, for one product at least. Who is confined to products administers nothing. */
    public boolean may(Scope scope) {
        return switch (scope) {
            case READ -> scopes.contains(Scope.READ) || scopes.contains(Scope.MANAGE);
            case ADMINISTER -> scopes.contains(Scope.ADMINISTER) && products.isEmpty();
            case MANAGE, MESSAGE, CONSUME -> scopes.contains(scope);
        };
    }

    /** Whether the caller has a scope, and for all products: what belongs to none is his business, too. */
    public boolean mayEverywhere(Scope scope) {
        return may(scope) && products.isEmpty();
    }
}
