package io.thingport.web.rest;

import io.thingport.platform.registry.Operation;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A topic class to add. */
@Schema(name = "NewTopicClass", requiredProperties = {"suffix", "operation"})
public record NewTopicClassRequest(
        @Schema(description = "What follows the device name; user/ is put in front when missing, unless it begins "
                + "with a slash. Levels of letters, digits and underscores; + and a final # only with SUB") String suffix,
        Operation operation,
        @Schema(description = "Up to 100 characters") Optional<String> description) {
}
