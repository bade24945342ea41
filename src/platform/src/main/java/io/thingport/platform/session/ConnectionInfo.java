package io.thingport.platform.session;

import io.thingport.mqtt.MqttVersion;
import java.time.Instant;

/**
 * A device's live connection.
 *
 * @param since            when it was accepted
 * @param address          the address it comes from, without the port
 * @param keepAliveSeconds the keep-alive agreed
 * @param secure           whether its bytes travel encrypted
 */
public record ConnectionInfo(Instant since, String address, MqttVersion version, int keepAliveSeconds,
        boolean secure) {
}
