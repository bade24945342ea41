package io.thingport.web.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Messages of a consumer group that were dropped. */
@Schema(name = "ClearedMessages", requiredProperties = "cleared")
public record ClearedMessagesAnswer(@Schema(description = "How many had waited") long cleared) {
}
