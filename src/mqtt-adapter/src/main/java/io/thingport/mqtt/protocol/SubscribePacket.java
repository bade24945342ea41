package io.thingport.mqtt.protocol;

import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.Subscription;
import io.thingport.mqtt.TopicFilter;
import java.util.ArrayList;
import java.util.List;

/** SUBSCRIBE and UNSUBSCRIBE [MQTT 5, 3.8 and 3.10], from behind the packet identifier on. */
final class SubscribePacket {

    private static final int QOS = 0x03;
    private static final int NO_LOCAL = 0x04;
    private static final int RETAIN_HANDLING = 0x30;
    private static final int RESERVED_V5 = 0xC0;

    private SubscribePacket() {
    }

    static List<Subscription> readSubscriptions(boolean v5, PacketReader in) {
        if (v5) {
            readProperties(in, true);
        }
        List<Subscription> subscriptions = new ArrayList<>();
        while (in.hasMore()) {
            TopicFilter filter = new TopicFilter(in.readString());
            int options = in.readByte();
            checkOptions(v5, filter, options);
            subscriptions.add(new Subscription(filter, v5 && (options & NO_LOCAL) != 0));
        }
        return notEmpty(subscriptions);
    }

    static List<TopicFilter> readFilters(boolean v5, PacketReader in) {
        if (v5) {
            readProperties(in, false);
        }
        List<TopicFilter> filters = new ArrayList<>();
        while (in.hasMore()) {
            filters.add(new TopicFilter(in.readString()));
        }
        return notEmpty(filters);
    }

    private static void checkOptions(boolean v5, TopicFilter filter, int options) {
        if ((options & QOS) == QOS) {
            throw ProtocolViolation.malformed("subscription QoS 3"); // [MQTT-3.8.3-4]
        }
        if (!v5) {
            if ((options & ~QOS) != 0) {
                throw ProtocolViolation.malformed("reserved bits of a subscription"); // MQTT 3.1.1 [MQTT-3-8.3-4]
            }
            return;
        }
        if ((options & RESERVED_V5) != 0) {
            throw ProtocolViolation.malformed("reserved bits of a subscription"); // [MQTT-3.8.3-5]
        }
        if ((options & RETAIN_HANDLING) == RETAIN_HANDLING) {
            throw ProtocolViolation.protocolError("Retain Handling 3"); // MQTT 5, 3.8.3.1
        }
        if ((options & NO_LOCAL) != 0 && filter.text().startsWith("$share/")) {
            throw ProtocolViolation.protocolError("No Local on a shared subscription"); // [MQTT-3.8.3-4]
        }
    }

    private static void readProperties(PacketReader in, boolean subscribe) {
        PropertyReader properties = new PropertyReader(in.readProperties());
        for (int id = properties.next(); id >= 0; id = properties.next()) {
            if (subscribe && id == PropertyId.SUBSCRIPTION_IDENTIFIER) {
                throw new ProtocolViolation(ReasonCode.SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED,
                        "Subscription Identifier"); // MQTT 5, 3.2.2.3.12
            }
            throw PropertyReader.unexpected(id);
        }
    }

    private static <T> List<T> notEmpty(List<T> list) {
        if (list.isEmpty()) {
            throw ProtocolViolation.protocolError("no topic filter"); // [MQTT-3.8.3-2], [MQTT-3.10.3-2]
        }
        return list;
    }
}
