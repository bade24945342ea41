package io.thingport.web.rest;

import io.thingport.platform.registry.Operation;
import io.thingport.platform.registry.TopicClassChange;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A change of a topic class; what is absent stays. */
@Schema(name = "TopicClassChange")
public record TopicClassChangeRequest(Optional<String> suffix, Optional<Operation> operation,
        @Schema(description = "An empty text takes the description away") Optional<String> description) {

    TopicClassChange change() {
        return new TopicClassChange(suffix, operation, description);
    }
}
