package io.thingport.platform.accesskey;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A change of an access key; what is empty stays.
 *
 * @param scopes   at least one
 * @param products an empty set confines it no more
 * @param rate     calls in a second, 0 = as many as come; an empty one within = as the configuration has it
 */
public record AccessKeyUpdate(Optional<String> description, Optional<Set<Scope>> scopes, Optional<Set<String>> products,
        Optional<OptionalInt> rate, Optional<Boolean> enabled) {

    /** Enables or disables it and changes nothing else. */
    public static AccessKeyUpdate enabled(boolean enabled) {
        return new AccessKeyUpdate(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.of(enabled));
    }
}
