package io.thingport.web.openapi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The table of all operations. */
@ApplicationScoped
public class Operations {

    private final Map<String, Operation> byName;

    /** For the container. */
    protected Operations() {
        this.byName = Map.of();
    }

    @Inject
    Operations(Instance<OperationGroup> groups) {
        this.byName = groups.stream().flatMap(group -> group.operations().stream())
                .collect(Collectors.toUnmodifiableMap(Operation::name, Function.identity()));
    }

    /** The operation of this name, which is case-sensitive. */
    Optional<Operation> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The names of all operations. */
    Set<String> names() {
        return byName.keySet();
    }
}
