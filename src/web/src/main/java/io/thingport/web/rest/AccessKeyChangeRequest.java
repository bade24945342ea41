package io.thingport.web.rest;

import io.thingport.platform.accesskey.AccessKeyUpdate;
import io.thingport.platform.accesskey.Scope;
import io.thingport.web.problem.FieldErrors;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A change of an access key; what is absent stays. */
@Schema(name = "AccessKeyChange")
public record AccessKeyChangeRequest(
        @Schema(description = "Replaces all scopes: at least one of manage, message, consume, read and administer")
        Optional<List<String>> scopes,
        @Schema(description = "Replaces all product keys, 100 at most; an empty list confines it no more")
        Optional<List<String>> products,
        @Schema(description = "Up to 100 characters") Optional<String> description,
        @Schema(description = "Requests in a second; 0 for as many as come, -1 for what the configuration has",
                minimum = "-1", maximum = "1000000") Optional<Integer> rate,
        @Schema(description = "false disables it until it is enabled again") Optional<Boolean> enabled) {

    private static final int AS_CONFIGURED = -1;

    /** @throws io.thingport.web.problem.ProblemException when a scope does not exist */
    AccessKeyUpdate toUpdate() {
        FieldErrors errors = new FieldErrors();
        Optional<Set<Scope>> wanted = scopes.map(names -> ScopeNames.parse(names, errors));
        errors.throwIfAny();
        return new AccessKeyUpdate(description, wanted, products.map(Set::copyOf),
                rate.map(r -> r == AS_CONFIGURED ? OptionalInt.empty() : OptionalInt.of(r)), enabled);
    }
}
