package io.thingport.web.rest;

import io.thingport.platform.accesskey.NewAccessKey;
import io.thingport.web.problem.FieldErrors;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An access key to make. */
@Schema(name = "NewAccessKey", requiredProperties = "scopes")
public record NewAccessKeyRequest(
        @Schema(description = "At least one of manage, message, consume, read and administer") List<String> scopes,
        @Schema(description = "Product keys, 100 at most, that it is confined to; absent or empty for all products")
        List<String> products,
        @Schema(description = "Up to 100 characters") Optional<String> description,
        @Schema(description = "Requests in a second; 0 for as many as come, absent for what the configuration has",
                minimum = "0", maximum = "1000000") Optional<Integer> rate) {

    /** @throws io.thingport.web.problem.ProblemException when a scope is missing or does not exist, or a rate is negative */
    NewAccessKey toKey() {
        FieldErrors errors = new FieldErrors();
        NewAccessKey key = new NewAccessKey(description.orElse(""), ScopeNames.parse(scopes, errors),
                Set.copyOf(products), rate.map(OptionalInt::of).orElse(OptionalInt.empty()));
        errors.throwIfAny();
        return key;
    }
}
