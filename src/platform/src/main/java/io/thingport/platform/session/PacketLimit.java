package io.thingport.platform.session;

import io.thingport.mqtt.TopicName;

/**
 * The largest packet this server sends, whatever a device would take. Properties are bounded on their own and not counted.
 *
 * @param maximum in bytes, fixed header included
 */
record PacketLimit(int maximum) {

    private static final int HEADER = 10; // fixed header, lengths of topic and properties, packet identifier

    boolean isExceededBy(TopicName topic, int payload) {
        return (long) payload + topic.utf8().length + HEADER > maximum;
    }
}
