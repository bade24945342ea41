package io.thingport.it;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A message as it reached a device.
 *
 * @param topic      its topic
 * @param qos        the QoS of its PUBLISH
 * @param payload    its bytes
 * @param properties of MQTT 5, each as {@code name=value}; none at 3.x
 */
public record Received(String topic, int qos, byte[] payload, List<String> properties) {

    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }
}
