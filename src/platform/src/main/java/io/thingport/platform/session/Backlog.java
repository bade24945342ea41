package io.thingport.platform.session;

import io.thingport.mqtt.Message;
import io.thingport.mqtt.PublishProperties;
import io.thingport.platform.config.Settings;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The QoS 1 messages of one session that its connection had no room for, in their order. Bounded in number and in bytes of
 * payload. Owned by the device's home loop.
 */
final class Backlog {

    private final Settings.Sessions limits;
    private final ArrayDeque<Waiting> messages = new ArrayDeque<>(1);
    private long bytes;

    private record Waiting(Message message, long sinceMillis) {
    }

    Backlog(Settings.Sessions limits) {
        this.limits = limits;
    }

    /** Keeps a message; false when the bounds do not permit it. */
    boolean add(Message message, long nowMillis) {
        int length = message.payload().length();
        if (messages.size() >= limits.queueMessages() || bytes + length > limits.queueBytes()) {
            return false;
        }
        messages.add(new Waiting(message.keep(), nowMillis));
        bytes += length;
        return true;
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    int size() {
        return messages.size();
    }

    /**
     * The first message as it is to be sent now, its Message Expiry Interval reduced by the time it has waited
     * [MQTT-3.3.2-6]; empty when it has expired [MQTT-3.3.2-5]. It stays the first. There has to be one.
     */
    Optional<Message> first(long nowMillis) {
        Waiting first = messages.getFirst();
        PublishProperties properties = first.message().properties();
        if (properties.messageExpiry().isEmpty()) {
            return Optional.of(first.message());
        }
        long left = properties.messageExpiry().getAsLong() - Math.max(0, nowMillis - first.sinceMillis()) / 1_000;
        if (left <= 0) {
            return Optional.empty();
        }
        PublishProperties reduced = new PublishProperties(properties.payloadFormat(), OptionalLong.of(left),
                properties.contentType(), properties.responseTopic(), properties.correlationData(),
                properties.userProperties());
        return Optional.of(Message.of(first.message().topic(), first.message().qos(), first.message().payload(), reduced));
    }

    /** Takes the first message away. There has to be one. */
    void removeFirst() {
        bytes -= messages.removeFirst().message().payload().length();
    }
}
