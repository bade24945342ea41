package io.thingport.platform.upstream;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.UserProperty;
import java.util.List;

/**
 * A message for business servers.
 *
 * @param id          the platform's message id; a repetition has the same
 * @param kind        what it tells
 * @param device      whom it is about
 * @param groups      ids of the consumer groups that receive it
 * @param topic       the topic it is told under
 * @param qos         of the device's publish; 1 for what the platform tells itself
 * @param generatedAt milliseconds since the epoch
 * @param properties  of the device's publish
 * @param payload     not copied
 */
public record UpstreamMessage(long id, UpstreamKind kind, DeviceKey device, List<String> groups, String topic, QoS qos,
        long generatedAt, PublishProperties properties, byte[] payload) {

    private static final int OVERHEAD_BYTES = 500;
    private static final int PROPERTY_BYTES = 120; // two strings and what holds them

    /** What it holds in memory, about, in bytes. */
    public int weight() {
        int weight = OVERHEAD_BYTES + payload.length + 2 * topic.length();
        return properties == PublishProperties.NONE ? weight : weight + weight(properties);
    }

    private static int weight(PublishProperties properties) {
        int weight = 2 * properties.contentType().map(String::length).orElse(0)
                + 2 * properties.responseTopic().map(topic -> topic.toString().length()).orElse(0)
                + properties.correlationData().map(data -> data.length).orElse(0);
        for (UserProperty property : properties.userProperties()) {
            weight += PROPERTY_BYTES + 2 * (property.key().length() + property.value().length());
        }
        return weight;
    }
}
