package io.thingport.mqtt.protocol;

import io.netty.buffer.ByteBuf;
import io.thingport.mqtt.ConnackOptions;
import io.thingport.mqtt.Delivery;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttServerSettings;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.SendResult;
import io.thingport.mqtt.TopicName;
import java.util.List;

/**
 * Gathers the packets to one client in one buffer that leaves at the end of the turn, within the client's limits: its
 * Maximum Packet Size, its window of unacknowledged deliveries, and what its socket takes. Owned by the channel's loop.
 */
final class OutgoingPackets {

    private static final int FIRST_SIZE = 256;
    private static final int SIZE_MAXIMUM = 64 * 1024;

    private final ClientChannel channel;
    private ByteBuf buffer;
    private int size = FIRST_SIZE; // of the next buffer: what the last one held
    private boolean dirty;
    private long packetMaximum = Long.MAX_VALUE;
    private int windowMaximum;
    private int aliasMaximum;
    private boolean reasonStrings = true;
    private OutboundWindow window;
    private OutboundAliases aliases;
    private boolean wantsRoom;

    OutgoingPackets(ClientChannel channel) {
        this.channel = channel;
    }

    /** What the client's CONNECT and the server's own bound leave. */
    void limit(ConnectPacket packet, MqttServerSettings settings) {
        packetMaximum = packet.packetMaximum();
        windowMaximum = Math.min(packet.connect().receiveMaximum(), settings.sendWindow());
        aliasMaximum = Math.min(packet.topicAliasMaximum(), settings.topicAliasMaximum());
        reasonStrings = packet.reasonStrings();
    }

    /** The buffer to append to. */
    ByteBuf buffer() {
        if (buffer == null) {
            buffer = channel.allocator().directBuffer(size);
        }
        markDirty();
        return buffer;
    }

    /** Has the channel flushed at the end of the turn. */
    void markDirty() {
        if (!dirty) {
            dirty = true;
            channel.loopState().addDirty(channel);
        }
    }

    /** What has gathered, to be written by the caller; null when there is nothing. */
    ByteBuf take() {
        dirty = false;
        ByteBuf bytes = buffer;
        buffer = null;
        if (bytes != null) {
            int length = bytes.readableBytes();
            channel.loopState().counters.bytesOut += length;
            size = Math.max(FIRST_SIZE, Math.min(length, SIZE_MAXIMUM));
        }
        return bytes;
    }

    /** False when it is larger than the client takes: nothing is sent then. */
    boolean connack(ConnackOptions options) {
        return PacketEncoder.connack(buffer(), channel.version(), options, channel.loopState().settings(), packetMaximum);
    }

    void refusal(ReasonCode reason, String why) {
        PacketEncoder.refusal(buffer(), channel.version(), reason, told(why), packetMaximum);
    }

    /** In 5.0; 3.x has no word for it. */
    void disconnect(ReasonCode reason, String why) {
        if (v5()) {
            PacketEncoder.disconnect(buffer(), reason, told(why), packetMaximum);
        }
    }

    /** What a client that did not ask for problem information is told: nothing. */
    private String told(String why) {
        return reasonStrings ? why : "";
    }

    /** False when it is larger than the client takes: nothing is sent then. */
    boolean suback(int packetId, List<ReasonCode> reasons) {
        return PacketEncoder.suback(buffer(), v5(), packetId, reasons, packetMaximum);
    }

    /** False when it is larger than the client takes: nothing is sent then. */
    boolean unsuback(int packetId, List<ReasonCode> reasons) {
        return PacketEncoder.unsuback(buffer(), v5(), packetId, reasons, packetMaximum);
    }

    /** QoS 0. */
    SendResult publish(Message message) {
        SendResult hindrance = hindrance();
        if (hindrance != SendResult.SENT) {
            return hindrance;
        }
        if (!write(message, 0, false)) {
            return SendResult.TOO_LARGE;
        }
        channel.loopState().counters.publishesOut0++;
        return SendResult.SENT;
    }

    /** QoS 1. */
    SendResult publish(Message message, Delivery delivery) {
        SendResult hindrance = hindrance();
        if (hindrance != SendResult.SENT) {
            return hindrance;
        }
        if (window == null) {
            window = new OutboundWindow(windowMaximum);
        }
        if (window.room() == 0) {
            wantsRoom = true;
            return SendResult.NO_ROOM;
        }
        window.add(delivery);
        if (!write(message, delivery.packetId(), delivery.wasSent())) {
            window.remove(delivery.packetId());
            return SendResult.TOO_LARGE;
        }
        delivery.markSent();
        channel.loopState().counters.publishesOut1++;
        return SendResult.SENT;
    }

    /** False when it is larger than the client takes: nothing is written then. */
    private boolean write(Message message, int packetId, boolean dup) {
        return aliasMaximum == 0
                ? PacketEncoder.publish(buffer(), v5(), message, packetId, dup, packetMaximum)
                : writeWithAlias(message, packetId, dup);
    }

    private boolean writeWithAlias(Message message, int packetId, boolean dup) {
        if (aliases == null) {
            aliases = new OutboundAliases(aliasMaximum);
        }
        TopicName topic = message.topic();
        int known = aliases.known(topic);
        if (known != 0) {
            return PacketEncoder.publish(buffer(), message, false, known, packetId, dup, packetMaximum);
        }
        int due = aliases.due(topic);
        if (due != 0 && PacketEncoder.publish(buffer(), message, true, due, packetId, dup, packetMaximum)) {
            aliases.given(topic);
            return true;
        }
        boolean fits = PacketEncoder.publish(buffer(), true, message, packetId, dup, packetMaximum);
        if (fits) {
            aliases.sentWithout(topic);
        }
        return fits;
    }

    /** How many QoS 1 deliveries would be taken now. */
    int room() {
        if (hindrance() != SendResult.SENT) {
            return 0;
        }
        return window == null ? windowMaximum : window.room();
    }

    /** Whether somebody was refused for want of room: the question is answered once. */
    boolean wasRefused() {
        boolean was = wantsRoom;
        wantsRoom = false;
        return was;
    }

    /** Whether somebody was refused for want of room that is there now. */
    boolean hasNewRoom() {
        return wantsRoom && room() > 0;
    }

    /** The delivery that a PUBACK with this id settles; null when there is none. */
    Delivery acknowledged(int packetId) {
        return window == null ? null : window.remove(packetId);
    }

    /** Deliveries sent and not acknowledged, in the order they were sent. */
    List<Delivery> unacknowledged() {
        return window == null ? List.of() : window.unacknowledged();
    }

    /** Gives the buffer back. */
    void release() {
        if (buffer != null) {
            buffer.release();
            buffer = null;
        }
    }

    private boolean v5() {
        return channel.version() == MqttVersion.V5;
    }

    /** SENT when output is taken. */
    private SendResult hindrance() {
        if (!channel.accepted()) {
            return SendResult.CLOSED;
        }
        if (!channel.socketTakesMore()
                || buffer != null && buffer.readableBytes() > channel.loopState().settings().outputMaximum()) {
            wantsRoom = true;
            return SendResult.NO_ROOM;
        }
        return SendResult.SENT;
    }
}
