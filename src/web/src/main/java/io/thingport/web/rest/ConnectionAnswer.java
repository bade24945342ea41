package io.thingport.web.rest;

import io.thingport.mqtt.MqttVersion;
import io.thingport.platform.session.ConnectionInfo;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A device's live connection. */
@Schema(name = "Connection", requiredProperties = {"since", "address", "mqttVersion", "keepAliveSeconds", "secure"})
public record ConnectionAnswer(Instant since, String address,
        @Schema(enumeration = {"3.1", "3.1.1", "5.0"}) String mqttVersion, int keepAliveSeconds,
        @Schema(description = "Whether the bytes travel encrypted") boolean secure) {

    static ConnectionAnswer of(ConnectionInfo info) {
        return new ConnectionAnswer(info.since().truncatedTo(ChronoUnit.MILLIS), info.address(),
                name(info.version()), info.keepAliveSeconds(), info.secure());
    }

    private static String name(MqttVersion version) {
        return switch (version) {
            case V3_1 -> "3.1";
            case V3_1_1 -> "3.1.1";
            case V5 -> "5.0";
        };
    }
}
