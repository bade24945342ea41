package io.thingport.web.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A User Property of MQTT 5. */
@Schema(name = "UserProperty", requiredProperties = {"key", "value"})
public record UserPropertyField(@Schema(description = "Does not begin with _") String key, String value) {
}
