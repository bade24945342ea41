package io.thingport.web.rest;

import io.thingport.platform.registry.NewDevice;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A device to register. Prints no secret. */
@Schema(name = "NewDevice")
public record NewDeviceRequest(
        @Schema(description = "4 to 32 of letters, digits and - _ @ . : ; made up when absent")
        Optional<String> deviceName,
        @Schema(description = "4 to 64 letters, digits, underscores or CJK characters, which count twice")
        Optional<String> nickname,
        @Schema(description = "The secret the device has already, 16 to 64 letters and digits; made up when absent")
        Optional<String> deviceSecret) {

    NewDevice device() {
        return new NewDevice(deviceName, nickname, GivenSecret.of("deviceSecret", deviceSecret));
    }

    @Override
    public String toString() {
        return "NewDeviceRequest[" + deviceName + "]";
    }
}
