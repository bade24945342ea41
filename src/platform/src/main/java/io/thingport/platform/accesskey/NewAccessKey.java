package io.thingport.platform.accesskey;

import java.util.OptionalInt;
import java.util.Set;

/**
 * An access key to make.
 *
 * @param description up to 100 characters
 * @param scopes      at least one
 * @param products    up to 100 product keys that it is confined to; empty = it is not
 * @param rate        calls in a second, 0 = as many as come; empty = as the configuration has it
 */
public record NewAccessKey(String description, Set<Scope> scopes, Set<String> products, OptionalInt rate) {

    public NewAccessKey {
        scopes = Set.copyOf(scopes);
        products = Set.copyOf(products);
    }

    /** One with these scopes and nothing else. */
    public static NewAccessKey of(Set<Scope> scopes) {
        return new NewAccessKey("", scopes, Set.of(), OptionalInt.empty());
    }
}
