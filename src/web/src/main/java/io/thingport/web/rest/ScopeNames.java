package io.thingport.web.rest;

import io.thingport.platform.accesskey.Scope;
import io.thingport.web.DashedName;
import io.thingport.web.problem.FieldErrors;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How scopes are written. */
final class ScopeNames {

    private static final String ALL = Stream.of(Scope.values()).map(DashedName::of).collect(Collectors.joining(", "));

    private ScopeNames() {
    }

    static List<String> of(Set<Scope> scopes) {
        return scopes.stream().sorted().map(DashedName::of).toList();
    }

    /** The scopes of these names; notes that there is none, and those that do not exist. */
    static Set<Scope> parse(List<String> names, FieldErrors errors) {
        Set<Scope> found = EnumSet.noneOf(Scope.class);
        errors.check(!names.isEmpty(), "scopes", "has to name at least one of " + ALL);
        for (int i = 0; i < names.size(); i++) {
            Optional<Scope> scope = scope(names.get(i));
            scope.ifPresent(found::add);
            errors.check(scope.isPresent(), "scopes[" + i + "]", "has to be one of " + ALL);
        }
        return found;
    }

    private static Optional<Scope> scope(String name) {
        return Stream.of(Scope.values()).filter(scope -> DashedName.of(scope).equals(name)).findFirst();
    }
}
