package io.thingport.mqtt.protocol;

import io.thingport.mqtt.Connect;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.UserProperty;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A decoded CONNECT [MQTT 5, 3.1].
 *
 * @param connect           what the platform decides about
 * @param packetMaximum     largest packet the client takes, in bytes
 * @param topicAliasMaximum topic aliases the client takes
 * @param reasonStrings     whether the client wants to be told more than a reason code
 */
record ConnectPacket(Connect connect, long packetMaximum, int topicAliasMaximum, boolean reasonStrings) {

    private static final int USER_NAME = 0x80;
    private static final int PASSWORD = 0x40;
    private static final int WILL_RETAIN = 0x20;
    private static final int WILL_QOS = 0x18;
    private static final int WILL = 0x04;
    private static final int CLEAN_START = 0x02;
    private static final int RESERVED = 0x01;

    /** The version in a CONNECT whose variable header begins at the reader's position; it stands behind it afterwards. */
    static MqttVersion readVersion(PacketReader in) {
        String name = in.readString();
        int level = in.readByte() & 0x7F; // bridges set the top bit
        if (name.equals("MQTT")) {
            if (level == 4) {
                return MqttVersion.V3_1_1;
            }
            if (level == 5) {
                return MqttVersion.V5;
            }
        } else if (name.equals("MQIsdp")) {
            if (level == 3) {
                return MqttVersion.V3_1;
            }
        } else {
            throw ProtocolViolation.malformed("protocol name"); // [MQTT-3.1.2-1]: may close without CONNACK
        }
        throw new ProtocolViolation(ReasonCode.UNSUPPORTED_PROTOCOL_VERSION, "protocol level " + level);
    }

    /** Reads what follows the protocol level. */
    static ConnectPacket read(MqttVersion version, PacketReader in) {
        boolean v5 = version == MqttVersion.V5;
        int flags = in.readByte();
        checkFlags(version, flags);
        int keepAlive = in.readShort();
        Properties properties = v5 ? Properties.read(in) : Properties.NONE;
        String clientId = in.readString();
        boolean will = (flags & WILL) != 0;
        if (will) {
            readWill(v5, in);
        }
        Optional<String> userName = (flags & USER_NAME) != 0 ? Optional.of(in.readString()) : Optional.empty();
        Optional<byte[]> password = (flags & PASSWORD) != 0 ? Optional.of(in.readBinary()) : Optional.empty();
        in.expectEnd();
        if (v5 && will) {
            checkWill(flags);
        }
        return new ConnectPacket(new Connect(version, clientId, userName, password, keepAlive,
                (flags & CLEAN_START) != 0, properties.sessionExpiry, properties.receiveMaximum, will,
                properties.authenticationMethod, properties.userProperties), properties.packetMaximum,
                properties.topicAliasMaximum, properties.reasonStrings);
    }

    private static void checkFlags(MqttVersion version, int flags) {
        if ((flags & RESERVED) != 0 && version != MqttVersion.V3_1) {
            throw ProtocolViolation.malformed("reserved flag of CONNECT"); // [MQTT-3.1.2-3]
        }
        if ((flags & WILL_QOS) == WILL_QOS) {
            throw ProtocolViolation.malformed("will QoS 3"); // [MQTT-3.1.2-12]
        }
        if ((flags & WILL) == 0 && (flags & (WILL_QOS | WILL_RETAIN)) != 0 && version != MqttVersion.V3_1) {
            throw ProtocolViolation.malformed("will flags without a will"); // [MQTT-3.1.2-11, -13]
        }
        if (version != MqttVersion.V5 && (flags & PASSWORD) != 0 && (flags & USER_NAME) == 0) {
            throw ProtocolViolation.malformed("password without user name"); // MQTT 3.1.1 [MQTT-3.1.2-22]
        }
    }

    /** What CONNACK advertises as absent; 3.x cannot be told, there the will is never published. */
    private static void checkWill(int flags) {
        if ((flags & WILL_QOS) == 0x10) {
            throw new ProtocolViolation(ReasonCode.QOS_NOT_SUPPORTED, "will QoS 2"); // [MQTT-3.2.2-12]
        }
        if ((flags & WILL_RETAIN) != 0) {
            throw new ProtocolViolation(ReasonCode.RETAIN_NOT_SUPPORTED, "will retain"); // [MQTT-3.2.2-13]
        }
    }

    private static void readWill(boolean v5, PacketReader in) {
        if (v5) {
            PropertyReader properties = new PropertyReader(in.readProperties());
            for (int id = properties.next(); id >= 0; id = properties.next()) {
                switch (id) {
                    case PropertyId.WILL_DELAY_INTERVAL, PropertyId.MESSAGE_EXPIRY_INTERVAL -> properties.readInt();
                    case PropertyId.PAYLOAD_FORMAT_INDICATOR -> properties.readFlag(id);
                    case PropertyId.CONTENT_TYPE, PropertyId.RESPONSE_TOPIC -> properties.readString();
                    case PropertyId.CORRELATION_DATA -> properties.readBinary();
                    default -> throw PropertyReader.unexpected(id);
                }
            }
        }
        in.readString();
        in.readBinary();
    }

    private record Properties(OptionalLong sessionExpiry, int receiveMaximum, long packetMaximum, int topicAliasMaximum,
            boolean reasonStrings, Optional<String> authenticationMethod, List<UserProperty> userProperties) {

        static final Properties NONE = new Properties(OptionalLong.empty(), 65_535, Long.MAX_VALUE, 0,
                true, Optional.empty(), List.of());

        static Properties read(PacketReader in) {
            OptionalLong sessionExpiry = OptionalLong.empty();
            int receiveMaximum = 65_535;
            long packetMaximum = Long.MAX_VALUE;
            int topicAliasMaximum = 0;
            boolean reasonStrings = true;
            Optional<String> authenticationMethod = Optional.empty();
            boolean authenticationData = false;
            PropertyReader properties = new PropertyReader(in.readProperties());
            for (int id = properties.next(); id >= 0; id = properties.next()) {
                switch (id) {
                    case PropertyId.SESSION_EXPIRY_INTERVAL -> sessionExpiry = OptionalLong.of(properties.readInt());
                    case PropertyId.RECEIVE_MAXIMUM -> receiveMaximum = properties.readPositiveShort(id);
                    case PropertyId.MAXIMUM_PACKET_SIZE -> {
                        packetMaximum = properties.readInt();
                        if (packetMaximum == 0) {
                            throw ProtocolViolation.protocolError("Maximum Packet Size 0"); // MQTT 5, 3.1.2.11.4
                        }
                    }
                    case PropertyId.TOPIC_ALIAS_MAXIMUM -> topicAliasMaximum = properties.readShort();
                    case PropertyId.REQUEST_RESPONSE_INFORMATION -> properties.readFlag(id);
                    case PropertyId.REQUEST_PROBLEM_INFORMATION -> reasonStrings = properties.readFlag(id);
                    case PropertyId.AUTHENTICATION_METHOD -> authenticationMethod = Optional.of(properties.readString());
                    case PropertyId.AUTHENTICATION_DATA -> {
                        properties.readBinary();
                        authenticationData = true;
                    }
                    default -> throw PropertyReader.unexpected(id);
                }
            }
            if (authenticationData && authenticationMethod.isEmpty()) {
                throw ProtocolViolation.protocolError("Authentication Data without Method"); // MQTT 5, 3.1.2.11.10
            }
            return new Properties(sessionExpiry, receiveMaximum, packetMaximum, topicAliasMaximum, reasonStrings,
                    authenticationMethod, properties.userProperties());
        }
    }
}
