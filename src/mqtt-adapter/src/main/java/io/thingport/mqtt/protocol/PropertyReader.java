package io.thingport.mqtt.protocol;

import io.thingport.mqtt.UserProperty;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks over the properties of one packet: {@link #next()} until it returns -1, each time followed by the one read that
 * fits the property. A property that may stand once and stands twice is a protocol error [MQTT 5, 2.2.2.2].
 */
final class PropertyReader {

    private final PacketReader in;
    private long seen;
    private List<UserProperty> userProperties = List.of();

    PropertyReader(PacketReader in) {
        this.in = in;
    }

    /** The identifier of the next property that is no User Property, or -1; User Properties are gathered. */
    int next() {
        while (in.hasMore()) {
            int id = in.readVariableInt();
            if (id == PropertyId.USER_PROPERTY) {
                if (userProperties.isEmpty()) {
                    userProperties = new ArrayList<>();
                }
                userProperties.add(new UserProperty(in.readString(), in.readString()));
                continue;
            }
            if (id > PropertyId.SHARED_SUBSCRIPTION_AVAILABLE) {
                throw unexpected(id);
            }
            long bit = 1L << id;
            if ((seen & bit) != 0) {
                throw ProtocolViolation.protocolError("property " + hex(id) + " twice");
            }
            seen |= bit;
            return id;
        }
        return -1;
    }

    /** For a property that has no place in this packet. */
    static ProtocolViolation unexpected(int id) {
        return ProtocolViolation.malformed("property " + hex(id) + " has no place here");
    }

    boolean readFlag(int id) {
        int value = in.readByte();
        if (value > 1) {
            throw ProtocolViolation.protocolError("property " + hex(id) + " is neither 0 nor 1");
        }
        return value == 1;
    }

    int readShort() {
        return in.readShort();
    }

    int readPositiveShort(int id) {
        int value = in.readShort();
        if (value == 0) {
            throw ProtocolViolation.protocolError("property " + hex(id) + " is 0");
        }
        return value;
    }

    long readInt() {
        return in.readInt();
    }

    int readVariableInt() {
        return in.readVariableInt();
    }

    String readString() {
        return in.readString();
    }

    byte[] readBinary() {
        return in.readBinary();
    }

    /** Those passed so far, in their order. */
    List<UserProperty> userProperties() {
        return userProperties;
    }

    private static String hex(int id) {
        return "0x" + Integer.toHexString(id);
    }
}
