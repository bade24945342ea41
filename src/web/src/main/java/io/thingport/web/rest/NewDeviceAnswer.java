package io.thingport.web.rest;

import io.thingport.platform.registry.Device;
import io.thingport.platform.secrets.Secret;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A device just registered, with its secret. Prints no secret. */
@Schema(name = "RegisteredDevice",
        requiredProperties = {"productKey", "deviceName", "deviceSecret", "iotId", "status", "createdAt"})
public record NewDeviceAnswer(String productKey, String deviceName, String deviceSecret, String iotId,
        Optional<String> nickname, DeviceStatus status, Instant createdAt) {

    static NewDeviceAnswer of(Device d, Secret secret) {
        return new NewDeviceAnswer(d.key().productKey(), d.key().deviceName(), secret.reveal(), d.iotId(),
                d.nickname(), DeviceStatus.UNACTIVE, d.createdAt());
    }

    @Override
    public String toString() {
        return "NewDeviceAnswer[" + productKey + "/" + deviceName + "]";
    }
}
