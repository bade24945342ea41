package io.thingport.web.rest;

import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A part of the list of devices, newest first. */
@Schema(name = "Devices", requiredProperties = "items")
public record DevicesAnswer(List<DeviceAnswer> items,
        @Schema(description = "Ask with after=… for what follows; absent at the end") Optional<String> next) {
}
