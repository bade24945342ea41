package io.thingport.web.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A consumer group to make or to rename. */
@Schema(name = "ConsumerGroupName", requiredProperties = "name")
public record ConsumerGroupRequest(
        @Schema(description = "Unique; 4 to 30 letters, digits, underscores or CJK characters, which count twice")
        String name) {
}
