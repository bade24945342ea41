package io.thingport.web.rest;

import io.thingport.platform.registry.Operation;
import io.thingport.platform.registry.TopicClass;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A topic class. */
@Schema(name = "TopicClass", requiredProperties = {"id", "topic", "suffix", "operation"})
public record TopicClassAnswer(String id,
        @Schema(description = "The whole template, with the literal text ${deviceName}") String topic,
        @Schema(description = "As it is to be written in a request") String suffix,
        @Schema(description = "What the device may do") Operation operation, Optional<String> description) {

    static TopicClassAnswer of(String productKey, TopicClass c) {
        return new TopicClassAnswer(Long.toString(c.id()), "/" + productKey + "/${deviceName}/" + c.suffix(),
                c.writtenSuffix(), c.operation(), c.description());
    }
}
