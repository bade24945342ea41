package io.thingport.mqtt.protocol;

import io.netty.buffer.ByteBuf;
import io.thingport.mqtt.CloseReason;
import io.thingport.mqtt.CloseReason.Cause;
import io.thingport.mqtt.MqttHandler;
import io.thingport.mqtt.MqttServerSettings;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.Route;
import io.thingport.mqtt.TopicName;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the packets of one client and hands them over: framing [MQTT 5, 2.1], then PUBLISH and PUBACK in place, the rest
 * through {@link PacketReader}. Every violation is caught in one place, {@link #readPackets}, and closes the channel.
 * Owned by the channel's loop.
 */
final class IncomingPackets {

    /** Of a PUBLISH at QoS 0: never one of the window's. */
    private static final long NO_TOKEN = -1;
    /** Bytes of a topic that has an alias, on average at most: each is kept for as long as the connection. */
    private static final int ALIASED_BYTES = 1024;

    private final ClientChannel channel;
    private MqttVersion version = MqttVersion.V3_1_1;
    private ByteBuf partial; // the beginning of a packet that has not wholly arrived, or what followed CONNECT
    private int connectSize;
    private int unauthenticated; // bytes of both that count as such
    private TopicCache topics;
    private TopicEntry[] aliases;
    private long aliasedBytes; // of the topics there
    private InboundWindow window;
    private long connectExpiry; // Session Expiry Interval of CONNECT

    IncomingPackets(ClientChannel channel) {
        this.channel = channel;
    }

    /** Reads what has arrived; keeps a copy of what is not whole or has to wait, so that the read buffer is free. */
    void received(ByteBuf bytes, MqttHandler handler) {
        if (channel.connecting()) {
            keepForLater(bytes);
        } else if (channel.reads() && partial != null) {
            partial.writeBytes(bytes);
            resume(handler);
        } else if (channel.reads()) {
            readPackets(bytes, handler);
            if (bytes.isReadable() && (channel.reads() || channel.connecting())) {
                partial = channel.allocator().buffer(bytes.readableBytes()).writeBytes(bytes);
            }
        }
        if (channel.awaitsConnect() || channel.connecting()) {
            countUnauthenticated();
        }
    }

    private void countUnauthenticated() {
        int now = (partial == null ? 0 : partial.readableBytes()) + (channel.connecting() ? connectSize : 0);
        if (channel.loopState().unauthenticated.add(now - unauthenticated)) {
            unauthenticated = now;
        } else {
            release();
            channel.unauthenticatedTooMuch();
        }
    }

    /** CONNECT is refused: nobody keeps it any more. */
    void refused() {
        if (unauthenticated > 0) {
            countUnauthenticated();
        }
    }

    /** What is kept counts as unauthenticated no longer. */
    void authenticated() {
        channel.loopState().unauthenticated.remove(unauthenticated);
        unauthenticated = 0;
    }

    /** Reads on in what was kept. */
    void resume(MqttHandler handler) {
        if (partial == null || !channel.reads()) {
            return;
        }
        readPackets(partial, handler);
        if (partial.isReadable() && (channel.reads() || channel.connecting())) {
            partial.discardReadBytes();
        } else {
            release();
        }
    }

    boolean hasPartial() {
        return partial != null;
    }

    /** Settles a QoS 1 publish and sends every PUBACK whose turn has come. */
    void settle(long token, ReasonCode reason) {
        if (window == null) {
            return;
        }
        window.settle(token, reason);
        acknowledgeSettled();
    }

    /** Forgets a QoS 1 publish; those behind it need not wait for it. */
    void drop(long token) {
        if (window == null) {
            return;
        }
        window.drop(token);
        acknowledgeSettled();
    }

    private void acknowledgeSettled() {
        while (window.headIsSettled()) {
            if (!window.headIsDropped()) {
                PacketEncoder.puback(channel.output(), version == MqttVersion.V5, window.headPacketId(),
                        window.headReason());
            }
            window.removeHead();
        }
    }

    /** Gives the kept bytes back. */
    void release() {
        if (unauthenticated > 0) {
            authenticated();
        }
        if (partial != null) {
            partial.release();
            partial = null;
        }
    }

    private void keepForLater(ByteBuf bytes) {
        if (partial == null) {
            partial = channel.allocator().buffer(bytes.readableBytes());
        }
        partial.writeBytes(bytes);
        if (partial.readableBytes() > channel.loopState().settings().packetMaximum()) {
            channel.violated(new ProtocolViolation(ReasonCode.PACKET_TOO_LARGE, "too much before CONNACK"));
            release();
        }
    }

    private void readPackets(ByteBuf bytes, MqttHandler handler) {
        try {
            frames(bytes, handler);
        } catch (ProtocolViolation violation) {
            channel.violated(violation);
        }
    }

    private void frames(ByteBuf bytes, MqttHandler handler) {
        int position = bytes.readerIndex();
        int end = bytes.writerIndex();
        while (position < end && channel.reads()) {
            int first = bytes.getByte(position) & 0xFF;
            if (channel.awaitsConnect() && first != PacketType.CONNECT << 4) {
                throw ProtocolViolation.protocolError("first packet is not CONNECT"); // [MQTT-3.1.0-1]
            }
            int length = 0;
            int header = 1;
            boolean whole = false;
            while (!whole && position + header < end) {
                int b = bytes.getByte(position + header);
                length |= (b & 0x7F) << 7 * (header - 1);
                header++;
                whole = b >= 0;
                if (!whole && header > 4) {
                    throw ProtocolViolation.malformed("remaining length of more than four bytes");
                }
            }
            if (!whole) {
                break;
            }
            if (header > 2 && bytes.getByte(position + header - 1) == 0 && version == MqttVersion.V5) {
                throw ProtocolViolation.malformed("remaining length longer than it has to be"); // [MQTT-1.5.5-1]
            }
            checkSize(header + length);
            int bodyEnd = position + header + length;
            if (bodyEnd > end) {
                break;
            }
            bytes.readerIndex(bodyEnd); // before: what closes or rests leaves the buffer behind this packet
            packet(bytes, first, position + header, bodyEnd, handler);
            position = bodyEnd;
        }
    }

    private void checkSize(int size) {
        MqttServerSettings settings = channel.loopState().settings();
        int most = channel.awaitsConnect() ? settings.connectMaximum() : settings.packetMaximum();
        if (size > most) {
            throw new ProtocolViolation(ReasonCode.PACKET_TOO_LARGE, "packet of " + size + " bytes, at most " + most);
        }
    }

    private void packet(ByteBuf bytes, int first, int start, int end, MqttHandler handler) {
        int type = first >> 4;
        int flags = first & 0x0F;
        if (type == PacketType.PUBLISH) {
            publish(bytes, flags, start, end, handler);
            return;
        }
        boolean two = type == PacketType.SUBSCRIBE || type == PacketType.UNSUBSCRIBE || type == PacketType.PUBREL;
        if (flags != (two ? 2 : 0) && version != MqttVersion.V3_1) { // 3.1 put DUP and QoS there
            throw ProtocolViolation.malformed("reserved flags of packet type " + type); // [MQTT-2.1.3-1]
        }
        switch (type) {
            case PacketType.PUBACK -> puback(bytes, start, end, handler);
            case PacketType.CONNECT -> connect(new PacketReader(bytes, start, end), handler);
            case PacketType.SUBSCRIBE -> subscribe(new PacketReader(bytes, start, end), handler);
            case PacketType.UNSUBSCRIBE -> unsubscribe(new PacketReader(bytes, start, end), handler);
            case PacketType.PINGREQ -> pingreq(start, end);
            case PacketType.DISCONNECT -> disconnect(new PacketReader(bytes, start, end));
            case 0 -> throw ProtocolViolation.malformed("packet type 0");
            default -> throw ProtocolViolation.protocolError("packet type " + type + " is not for a client of this server");
        }
    }

    private void connect(PacketReader in, MqttHandler handler) {
        if (!channel.awaitsConnect()) {
            throw ProtocolViolation.protocolError("second CONNECT"); // [MQTT-3.1.0-2]
        }
        int start = in.position();
        version = ConnectPacket.readVersion(in);
        channel.version(version);
        ConnectPacket packet = ConnectPacket.read(version, in);
        connectExpiry = packet.connect().sessionExpiry().orElse(0);
        connectSize = in.position() - start;
        channel.connectArrived(packet, handler);
    }

    private void publish(ByteBuf bytes, int flags, int start, int end, MqttHandler handler) {
        int qos = flags >> 1 & 3;
        boolean v5 = version == MqttVersion.V5;
        if (qos > 1 || flags != 0 && flags != 2) {
            checkPublishFlags(flags, v5);
        }
        if (end - start < 2) {
            throw ProtocolViolation.malformed("PUBLISH without a topic");
        }
        int topicStart = start + 2;
        int topicLength = bytes.getUnsignedShort(start);
        int position = topicStart + topicLength;
        int packetId = 0;
        if (qos != 0) {
            if (position + 2 > end) {
                throw ProtocolViolation.malformed("PUBLISH shorter than its fields");
            }
            packetId = bytes.getUnsignedShort(position);
            position += 2;
            if (packetId == 0) {
                throw ProtocolViolation.protocolError("packet identifier 0"); // [MQTT-2.2.1-3]
            }
        }
        PublishPropertiesPacket properties = PublishPropertiesPacket.NONE;
        if (v5 && position < end && bytes.getByte(position) == 0) {
            position++;
        } else if (v5) {
            PacketReader in = new PacketReader(bytes, Math.min(position, end), end);
            properties = PublishPropertiesPacket.read(in.readProperties());
            position = in.position();
        }
        if (position > end) {
            throw ProtocolViolation.malformed("PUBLISH shorter than its fields");
        }
        EventLoopState loop = channel.loopState();
        TopicEntry entry = topic(bytes, topicStart, topicLength, properties.topicAlias(), handler);
        long token = NO_TOKEN;
        if (qos == 0) {
            loop.counters.publishesIn0++;
        } else {
            if (window == null) {
                window = new InboundWindow(loop.settings().receiveMaximum());
            }
            if (window.isOpen(packetId)) {
                return; // a repetition: the one PUBACK to come answers both
            }
            if (window.isFull()) {
                if (v5) {
                    throw new ProtocolViolation(ReasonCode.RECEIVE_MAXIMUM_EXCEEDED, "Receive Maximum exceeded");
                }
                loop.counters.droppedOverWindow++;
                return; // 3.x has no word for it: it stays unacknowledged and comes again
            }
            token = window.add(packetId);
            loop.counters.publishesIn1++;
        }
        InboundPublish publish = loop.publish;
        publish.set(flags, qos == 0 ? QoS.AT_MOST_ONCE : QoS.AT_LEAST_ONCE, packetId, entry.topic(),
                properties.properties(), bytes, position, end - position);
        try {
            handler.publish(channel, entry.route(), publish, token);
        } finally {
            publish.clear();
        }
    }

    private static void checkPublishFlags(int flags, boolean v5) {
        int qos = flags >> 1 & 3;
        if (qos == 3) {
            throw ProtocolViolation.malformed("QoS 3"); // [MQTT-3.3.1-4]
        }
        if (qos == 2) {
            throw new ProtocolViolation(ReasonCode.QOS_NOT_SUPPORTED, "QoS 2"); // [MQTT-3.2.2-11]
        }
        if ((flags & 0x08) != 0 && qos == 0) {
            throw ProtocolViolation.malformed("DUP at QoS 0"); // [MQTT-3.3.1-2]
        }
        if (v5 && (flags & 0x01) != 0) {
            throw new ProtocolViolation(ReasonCode.RETAIN_NOT_SUPPORTED, "RETAIN"); // [MQTT-3.2.2-14]
        }
    }

    /** The topic of a PUBLISH, by its bytes or its alias, with a route that is current. */
    private TopicEntry topic(ByteBuf bytes, int start, int length, int alias, MqttHandler handler) {
        int aliasMaximum = channel.loopState().settings().topicAliasMaximum();
        if (alias > aliasMaximum) {
            throw new ProtocolViolation(ReasonCode.TOPIC_ALIAS_INVALID, "Topic Alias " + alias); // [MQTT-3.3.2-9]
        }
        TopicEntry entry;
        if (length == 0) {
            entry = alias == 0 || aliases == null ? null : aliases[alias - 1];
            if (entry == null) {
                throw ProtocolViolation.protocolError("no topic and no known Topic Alias"); // MQTT 5, 3.3.2.3.4
            }
        } else {
            entry = topics == null ? null : topics.find(bytes, start, length);
            if (entry == null) {
                entry = newTopic(bytes, start, length, handler);
            }
            if (alias != 0) {
                keepAlias(alias, entry, aliasMaximum);
            }
        }
        if (!entry.route().current()) {
            entry.renew(handler.route(channel, entry.topic()));
        }
        return entry;
    }

    private void keepAlias(int alias, TopicEntry entry, int aliasMaximum) {
        if (aliases == null) {
            aliases = new TopicEntry[aliasMaximum];
        }
        TopicEntry before = aliases[alias - 1];
        aliasedBytes += entry.topic().utf8().length - (before == null ? 0 : before.topic().utf8().length);
        if (aliasedBytes > aliasMaximum * (long) ALIASED_BYTES) {
            throw new ProtocolViolation(ReasonCode.QUOTA_EXCEEDED, "Topic Aliases for too many bytes");
        }
        aliases[alias - 1] = entry;
    }

    private TopicEntry newTopic(ByteBuf bytes, int start, int length, MqttHandler handler) {
        byte[] utf8 = new byte[length];
        bytes.getBytes(start, utf8);
        TopicName topic = TopicName.parse(utf8).orElseThrow(
                () -> new ProtocolViolation(ReasonCode.TOPIC_NAME_INVALID, "topic name")); // [MQTT-3.3.2-2]
        Route route = handler.route(channel, topic);
        TopicEntry entry = new TopicEntry(topic, route);
        if (route.cacheable()) {
            if (topics == null) {
                topics = new TopicCache();
            }
            topics.add(entry);
        }
        return entry;
    }

    private void puback(ByteBuf bytes, int start, int end, MqttHandler handler) {
        int length = end - start;
        if (length < 2 || length > 2 && version != MqttVersion.V5) {
            throw ProtocolViolation.malformed("length of PUBACK");
        }
        int packetId = bytes.getUnsignedShort(start);
        ReasonCode reason = length == 2 ? ReasonCode.SUCCESS : ReasonCode.of(bytes.getByte(start + 2));
        if (length > 3) {
            skipReasonProperties(new PacketReader(bytes, start + 3, end));
        }
        channel.acknowledged(packetId, reason, handler);
    }

    private void subscribe(PacketReader in, MqttHandler handler) {
        boolean v5 = version == MqttVersion.V5;
        int packetId = packetId(in);
        handler.subscribe(channel, SubscribePacket.readSubscriptions(v5, in),
                reasons -> channel.suback(packetId, reasons));
    }

    private void unsubscribe(PacketReader in, MqttHandler handler) {
        boolean v5 = version == MqttVersion.V5;
        int packetId = packetId(in);
        handler.unsubscribe(channel, SubscribePacket.readFilters(v5, in),
                reasons -> channel.unsuback(packetId, reasons));
    }

    private static int packetId(PacketReader in) {
        int packetId = in.readShort();
        if (packetId == 0) {
            throw ProtocolViolation.protocolError("packet identifier 0"); // [MQTT-2.2.1-3]
        }
        return packetId;
    }

    private void pingreq(int start, int end) {
        if (start != end) {
            throw ProtocolViolation.malformed("length of PINGREQ");
        }
        PacketEncoder.pingresp(channel.output());
    }

    private void disconnect(PacketReader in) {
        ReasonCode reason = ReasonCode.SUCCESS;
        OptionalLong sessionExpiry = OptionalLong.empty();
        if (version == MqttVersion.V5) {
            reason = in.hasMore() ? ReasonCode.of(in.readByte()) : ReasonCode.SUCCESS;
            if (in.hasMore()) {
                PropertyReader properties = new PropertyReader(in.readProperties());
                for (int id = properties.next(); id >= 0; id = properties.next()) {
                    switch (id) {
                        case PropertyId.SESSION_EXPIRY_INTERVAL -> sessionExpiry = OptionalLong.of(properties.readInt());
                        case PropertyId.REASON_STRING -> properties.readString();
                        default -> throw PropertyReader.unexpected(id);
                    }
                }
            }
        }
        in.expectEnd();
        if (sessionExpiry.orElse(0) > 0 && connectExpiry == 0) {
            throw ProtocolViolation.protocolError("Session Expiry Interval was 0 at CONNECT"); // MQTT 5, 3.14.2.2.2
        }
        channel.end(new CloseReason(Cause.CLIENT_DISCONNECT, Optional.of(reason), "DISCONNECT", sessionExpiry));
    }

    private static void skipReasonProperties(PacketReader in) {
        PropertyReader properties = new PropertyReader(in.readProperties());
        for (int id = properties.next(); id >= 0; id = properties.next()) {
            if (id != PropertyId.REASON_STRING) {
                throw PropertyReader.unexpected(id);
            }
            properties.readString();
        }
        in.expectEnd();
    }
}
