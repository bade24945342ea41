package io.thingport.web.rest;

import io.thingport.platform.registry.Device;
import io.thingport.platform.session.ConnectionInfo;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A device, without its secret. */
@Schema(name = "Device", requiredProperties = {"productKey", "deviceName", "iotId", "status", "createdAt"})
public record DeviceAnswer(String productKey, String deviceName,
        @Schema(description = "Opaque, unique in the installation") String iotId, Optional<String> nickname,
        @Schema(description = "UNACTIVE: never connected; DISABLED: may not connect") DeviceStatus status,
        Instant createdAt,
        @Schema(description = "When it connected for the first time; may lag by a second, as the fields below")
        Optional<Instant> activatedAt,
        Optional<Instant> lastOnline, Optional<Instant> lastOffline,
        @Schema(description = "Where its last connection came from") Optional<String> lastAddress,
        @Schema(description = "Only while it is connected") Optional<ConnectionAnswer> connection) {

    static DeviceAnswer of(Device d, Optional<ConnectionInfo> connection) {
        return new DeviceAnswer(d.key().productKey(), d.key().deviceName(), d.iotId(), d.nickname(),
                status(d, connection.isPresent()), d.createdAt(), d.activatedAt(), d.lastOnline(), d.lastOffline(),
                d.lastAddress(), connection.map(ConnectionAnswer::of));
    }

    private static DeviceStatus status(Device d, boolean connected) {
        if (!d.enabled()) {
            return DeviceStatus.DISABLED;
        }
        if (connected) {
            return DeviceStatus.ONLINE;
        }
        return d.activatedAt().isPresent() ? DeviceStatus.OFFLINE : DeviceStatus.UNACTIVE;
    }
}
