package io.thingport.web.rest;

import io.thingport.platform.accesskey.Scope;
import io.thingport.web.DashedName;
import io.thingport.web.problem.FieldErrors;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An access key to make. */
@Schema(name = "NewAccessKey", requiredProperties = "scopes")
public record NewAccessKeyRequest(
        @Schema(description = "At least one of manage, message and consume") List<String> scopes) {

    /** @throws io.thingport.web.problem.ProblemException when there is none, or one that does not exist */
    Set<Scope> toScopes() {
        FieldErrors errors = new FieldErrors();
        Set<Scope> found = EnumSet.noneOf(Scope.class);
        errors.check(!scopes.isEmpty(), "scopes", "has to name at least one of manage, message, consume");
        for (int i = 0; i < scopes.size(); i++) {
            Optional<Scope> scope = scope(scopes.get(i));
            scope.ifPresent(found::add);
            errors.check(scope.isPresent(), "scopes[" + i + "]", "has to be one of manage, message, consume");
        }
        errors.throwIfAny();
        return found;
    }

    private static Optional<Scope> scope(String text) {
        return Stream.of(Scope.values()).filter(scope -> DashedName.of(scope).equals(text)).findFirst();
    }
}
