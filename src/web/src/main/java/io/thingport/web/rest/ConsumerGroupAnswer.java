package io.thingport.web.rest;

import io.thingport.platform.registry.ConsumerGroup;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A consumer group. */
@Schema(name = "ConsumerGroup", requiredProperties = {"groupId", "name", "createdAt"})
public record ConsumerGroupAnswer(
        @Schema(description = "What consumers name in their user name") String groupId, String name, Instant createdAt) {

    static ConsumerGroupAnswer of(ConsumerGroup group) {
        return new ConsumerGroupAnswer(group.id(), group.name(), group.createdAt());
    }
}
