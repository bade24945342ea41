package io.thingport.platform.upstream;

import java.util.List;
import java.util.Set;

/**
 * Which messages of a product go to which consumer groups.
 *
 * @param kinds  what is chosen
 * @param groups ids of the groups, of which each receives all of it
 */
public record ProductSubscription(Set<UpstreamKind> kinds, List<String> groups) {

    public static final ProductSubscription NONE = new ProductSubscription(Set.of(), List.of());

    public ProductSubscription {
        kinds = Set.copyOf(kinds);
        groups = List.copyOf(groups);
    }

    /** The groups that receive messages of this kind. */
    public List<String> groups(UpstreamKind kind) {
        return kinds.contains(kind) ? groups : List.of();
    }
}
