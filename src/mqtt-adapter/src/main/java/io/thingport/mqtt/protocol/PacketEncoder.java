package io.thingport.mqtt.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.thingport.mqtt.ArrayPayload;
import io.thingport.mqtt.ConnackOptions;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttServerSettings;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.ReasonCode;
import java.util.List;

/** Appends control packets to a connection's output [MQTT 5, 3]. */
final class PacketEncoder {

    /** The most bytes a fixed header takes. */
    static final int FIXED_HEADER_MAXIMUM = 5;

    private static final int PUBACK = PacketType.PUBACK << 28 | 2 << 16;
    private static final int SCRATCH = 64;
    private static final byte[] NO_TOPIC = new byte[0];

    private PacketEncoder() {
    }

    /**
     * CONNACK with success.
     *
     * @param packetMaximum the largest packet the client takes
     * @return false when it would be larger; nothing is written then [MQTT-3.1.2-24]
     */
    static boolean connack(ByteBuf out, MqttVersion version, ConnackOptions options, MqttServerSettings settings,
            long packetMaximum) {
        boolean sessionPresent = options.sessionPresent() && version != MqttVersion.V3_1;
        if (version != MqttVersion.V5) {
            out.writeByte(PacketType.CONNACK << 4).writeByte(2).writeByte(sessionPresent ? 1 : 0).writeByte(0);
            return true;
        }
        ByteBuf properties = out.alloc().buffer(SCRATCH);
        try {
            options.sessionExpiry().ifPresent(
                    v -> properties.writeByte(PropertyId.SESSION_EXPIRY_INTERVAL).writeInt((int) v));
            properties.writeByte(PropertyId.RECEIVE_MAXIMUM).writeShort(settings.receiveMaximum());
            properties.writeByte(PropertyId.MAXIMUM_QOS).writeByte(1);
            properties.writeByte(PropertyId.RETAIN_AVAILABLE).writeByte(0);
            properties.writeByte(PropertyId.MAXIMUM_PACKET_SIZE).writeInt(settings.packetMaximum());
            options.assignedClientId().ifPresent(
                    v -> writeString(properties.writeByte(PropertyId.ASSIGNED_CLIENT_IDENTIFIER), v));
            properties.writeByte(PropertyId.TOPIC_ALIAS_MAXIMUM).writeShort(settings.topicAliasMaximum());
            properties.writeByte(PropertyId.WILDCARD_SUBSCRIPTION_AVAILABLE).writeByte(1);
            properties.writeByte(PropertyId.SUBSCRIPTION_IDENTIFIER_AVAILABLE).writeByte(0);
            properties.writeByte(PropertyId.SHARED_SUBSCRIPTION_AVAILABLE).writeByte(0);
            properties.writeByte(PropertyId.SERVER_KEEP_ALIVE).writeShort(options.keepAlive());
            int propertiesLength = properties.readableBytes();
            int length = 2 + variableIntLength(propertiesLength) + propertiesLength;
            if (1 + variableIntLength(length) + length > packetMaximum) {
                return false;
            }
            out.writeByte(PacketType.CONNACK << 4);
            writeVariableInt(out, length);
            out.writeByte(sessionPresent ? 1 : 0).writeByte(0);
            writeVariableInt(out, propertiesLength);
            out.writeBytes(properties);
            return true;
        } finally {
            properties.release();
        }
    }

    /** A refusal; the Reason String is left out where it would not fit, and all of it where even that does not. */
    static void refusal(ByteBuf out, MqttVersion version, ReasonCode reason, String why, long packetMaximum) {
        if (version != MqttVersion.V5) {
            out.writeByte(PacketType.CONNACK << 4).writeByte(2).writeByte(0).writeByte(reason.connectReturnCode());
            return;
        }
        withReasonString(out, PacketType.CONNACK << 4, new byte[] {0, (byte) reason.code()}, why, packetMaximum);
    }

    /** DISCONNECT of 5.0. Always with a properties length, which the vendor's C SDK insists on. */
    static void disconnect(ByteBuf out, ReasonCode reason, String why, long packetMaximum) {
        withReasonString(out, PacketType.DISCONNECT << 4, new byte[] {(byte) reason.code()}, why, packetMaximum);
    }

    /** PUBACK: in 5.0, too, without a Reason String. Where a CONNACK of 5.0 fitted, it fits. */
    static void puback(ByteBuf out, boolean v5, int packetId, ReasonCode reason) {
        if (v5 && reason != ReasonCode.SUCCESS) {
            out.writeByte(PacketType.PUBACK << 4).writeByte(3).writeShort(packetId).writeByte(reason.code());
        } else {
            out.writeInt(PUBACK | packetId);
        }
    }

    /**
     * SUBACK.
     *
     * @param packetMaximum the largest packet the client takes
     * @return false when it would be larger; nothing is written then
     */
    static boolean suback(ByteBuf out, boolean v5, int packetId, List<ReasonCode> reasons, long packetMaximum) {
        if (!acknowledgement(out, PacketType.SUBACK, v5, packetId, reasons.size(), packetMaximum)) {
            return false;
        }
        for (ReasonCode reason : reasons) {
            out.writeByte(v5 || !reason.isError() ? reason.code() : ReasonCode.UNSPECIFIED_ERROR.code());
        }
        return true;
    }

    /**
     * UNSUBACK.
     *
     * @param packetMaximum the largest packet the client takes
     * @return false when it would be larger; nothing is written then
     */
    static boolean unsuback(ByteBuf out, boolean v5, int packetId, List<ReasonCode> reasons, long packetMaximum) {
        if (!acknowledgement(out, PacketType.UNSUBACK, v5, packetId, v5 ? reasons.size() : 0, packetMaximum)) {
            return false;
        }
        if (v5) {
            for (ReasonCode reason : reasons) {
                out.writeByte(reason.code());
            }
        }
        return true;
    }

    static void pingresp(ByteBuf out) {
        out.writeShort(PacketType.PINGRESP << 12);
    }

    /**
     * PUBLISH.
     *
     * @param packetId      0 for QoS 0
     * @param packetMaximum the largest packet the client takes
     * @return false when it would be larger; nothing is written then
     */
    static boolean publish(ByteBuf out, boolean v5, Message message, int packetId, boolean dup, long packetMaximum) {
        byte[] topic = message.topic().utf8();
        Payload payload = message.payload();
        int payloadLength = payload.length();
        int length = 2 + topic.length + (packetId == 0 ? 0 : 2) + payloadLength;
        if (v5 && message.properties() != PublishProperties.NONE) {
            return publish(out, message, true, 0, packetId, dup, packetMaximum);
        }
        int firstByte = publishFirstByte(packetId, dup);
        if (v5) {
            length++;
        }
        if (1 + variableIntLength(length) + length > packetMaximum) {
            return false;
        }
        out.ensureWritable(FIXED_HEADER_MAXIMUM + length);
        if (length < 0x80) {
            out.writeShort(firstByte << 8 | length);
        } else {
            out.writeByte(firstByte);
            writeVariableInt(out, length);
        }
        out.writeShort(topic.length);
        out.writeBytes(topic);
        if (packetId != 0) {
            out.writeShort(packetId);
        }
        if (v5) {
            out.writeByte(0);
        }
        writePayload(out, payload);
        return true;
    }

    /**
     * PUBLISH of 5.0 with properties.
     *
     * @param named    whether the topic's name is sent; if not, the client knows its alias
     * @param alias    Topic Alias, 0 = none
     * @param packetId 0 for QoS 0
     * @return false when it would be larger than {@code packetMaximum}; nothing is written then
     */
    static boolean publish(ByteBuf out, Message message, boolean named, int alias, int packetId, boolean dup,
            long packetMaximum) {
        byte[] topic = named ? message.topic().utf8() : NO_TOPIC;
        Payload payload = message.payload();
        ByteBuf properties = out.alloc().buffer(SCRATCH);
        try {
            if (alias != 0) {
                properties.writeByte(PropertyId.TOPIC_ALIAS).writeShort(alias);
            }
            PublishPropertiesPacket.write(message.properties(), properties);
            int propertiesLength = properties.readableBytes();
            int length = 2 + topic.length + (packetId == 0 ? 0 : 2) + variableIntLength(propertiesLength)
                    + propertiesLength + payload.length();
            if (1 + variableIntLength(length) + length > packetMaximum) {
                return false;
            }
            out.ensureWritable(FIXED_HEADER_MAXIMUM + length);
            out.writeByte(publishFirstByte(packetId, dup));
            writeVariableInt(out, length);
            out.writeShort(topic.length).writeBytes(topic);
            if (packetId != 0) {
                out.writeShort(packetId);
            }
            writeVariableInt(out, propertiesLength);
            out.writeBytes(properties);
            writePayload(out, payload);
            return true;
        } finally {
            properties.release();
        }
    }

    private static int publishFirstByte(int packetId, boolean dup) {
        return PacketType.PUBLISH << 4 | (dup ? 0x08 : 0) | (packetId == 0 ? 0 : 0x02);
    }

    private static void writePayload(ByteBuf out, Payload payload) {
        if (payload instanceof BufferPayload view) {
            view.writeTo(out);
        } else if (payload instanceof ArrayPayload own) {
            out.writeBytes(own.array());
        } else {
            out.writeBytes(payload.toByteArray());
        }
    }

    private static boolean acknowledgement(ByteBuf out, int type, boolean v5, int packetId, int codes,
            long packetMaximum) {
        int length = 2 + (v5 ? 1 : 0) + codes;
        if (1 + variableIntLength(length) + length > packetMaximum) {
            return false;
        }
        out.writeByte(type << 4);
        writeVariableInt(out, length);
        out.writeShort(packetId);
        if (v5) {
            out.writeByte(0);
        }
        return true;
    }

    private static void withReasonString(ByteBuf out, int firstByte, byte[] header, String why, long packetMaximum) {
        int textLength = ByteBufUtil.utf8Bytes(why);
        int propertiesLength = why.isEmpty() ? 0 : 3 + textLength;
        int length = header.length + variableIntLength(propertiesLength) + propertiesLength;
        if (1 + variableIntLength(length) + length > packetMaximum) {
            propertiesLength = 0;
            length = header.length + 1;
        }
        if (2 + length > packetMaximum) {
            return;
        }
        out.writeByte(firstByte);
        writeVariableInt(out, length);
        out.writeBytes(header);
        writeVariableInt(out, propertiesLength);
        if (propertiesLength > 0) {
            writeString(out.writeByte(PropertyId.REASON_STRING), why);
        }
    }

    private static void writeString(ByteBuf out, String text) {
        out.writeShort(ByteBufUtil.utf8Bytes(text));
        ByteBufUtil.writeUtf8(out, text);
    }

    static void writeVariableInt(ByteBuf out, int value) {
        int rest = value;
        while (rest >= 0x80) {
            out.writeByte(rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }

    static int variableIntLength(int value) {
        return value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x20_0000 ? 3 : 4;
    }
}
