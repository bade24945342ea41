package io.thingport.it.mqtt5;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The properties of MQTT 5 [MQTT 5, 2.2.2.2]: written as bytes, read as {@code NAME=value}. */
enum Property {
    PAYLOAD_FORMAT_INDICATOR(0x01, Type.BYTE),
    MESSAGE_EXPIRY_INTERVAL(0x02, Type.FOUR_BYTES),
    CONTENT_TYPE(0x03, Type.TEXT),
    RESPONSE_TOPIC(0x08, Type.TEXT),
    CORRELATION_DATA(0x09, Type.BINARY),
    SUBSCRIPTION_IDENTIFIER(0x0B, Type.BYTE), // as long as it is below 128
    SESSION_EXPIRY_INTERVAL(0x11, Type.FOUR_BYTES),
    ASSIGNED_CLIENT_IDENTIFIER(0x12, Type.TEXT),
    SERVER_KEEP_ALIVE(0x13, Type.TWO_BYTES),
    AUTHENTICATION_METHOD(0x15, Type.TEXT),
    AUTHENTICATION_DATA(0x16, Type.BINARY),
    REQUEST_PROBLEM_INFORMATION(0x17, Type.BYTE),
    WILL_DELAY_INTERVAL(0x18, Type.FOUR_BYTES),
    REQUEST_RESPONSE_INFORMATION(0x19, Type.BYTE),
    RESPONSE_INFORMATION(0x1A, Type.TEXT),
    SERVER_REFERENCE(0x1C, Type.TEXT),
    REASON_STRING(0x1F, Type.TEXT),
    RECEIVE_MAXIMUM(0x21, Type.TWO_BYTES),
    TOPIC_ALIAS_MAXIMUM(0x22, Type.TWO_BYTES),
    TOPIC_ALIAS(0x23, Type.TWO_BYTES),
    MAXIMUM_QOS(0x24, Type.BYTE),
    RETAIN_AVAILABLE(0x25, Type.BYTE),
    USER_PROPERTY(0x26, Type.PAIR),
    MAXIMUM_PACKET_SIZE(0x27, Type.FOUR_BYTES),
    WILDCARD_SUBSCRIPTION_AVAILABLE(0x28, Type.BYTE),
    SUBSCRIPTION_IDENTIFIER_AVAILABLE(0x29, Type.BYTE),
    SHARED_SUBSCRIPTION_AVAILABLE(0x2A, Type.BYTE);

    private enum Type {
        BYTE, TWO_BYTES, FOUR_BYTES, TEXT, BINARY, PAIR
    }

    private final int id;
    private final Type type;

    Property(int id, Type type) {
        this.id = id;
        this.type = type;
    }

    /** Identifier and value of a number. */
    byte[] of(long value) {
        return switch (type) {
            case BYTE -> Bytes.of(id, (int) value);
            case TWO_BYTES -> Bytes.of(id, Bytes.two((int) value));
            case FOUR_BYTES -> Bytes.of(id, Bytes.two((int) (value >> 16)), Bytes.two((int) value));
            default -> throw new IllegalArgumentException(name());
        };
    }

    /** Identifier and value of a text. */
    byte[] of(String text) {
        return Bytes.of(id, text);
    }

    /** Identifier and value of binary data, or of a text that may be ill-formed. */
    byte[] of(byte[] data) {
        return Bytes.of(id, Bytes.two(data.length), data);
    }

    /** A User Property. */
    static byte[] user(String key, String value) {
        return Bytes.of(USER_PROPERTY.id, key, value);
    }

    /** Identifier and a legal value. */
    byte[] any() {
        return switch (type) {
            case TEXT, BINARY -> of("x");
            case PAIR -> user("x", "x");
            default -> of(1);
        };
    }

    /** {@code NAME=value} of this property with a value as it is read. */
    String is(Object value) {
        return name() + "=" + value;
    }

    /** Reads all properties at the buffer's position; their length comes first. */
    static List<String> read(ByteBuffer in) {
        int length = Bytes.variable(in);
        ByteBuffer own = in.slice(in.position(), length);
        in.position(in.position() + length);
        List<String> all = new ArrayList<>();
        while (own.hasRemaining()) {
            Property property = withId(own.get());
            all.add(property.is(property.value(own)));
        }
        return all;
    }

    private String value(ByteBuffer in) {
        return switch (type) {
            case BYTE -> Integer.toString(in.get());
            case TWO_BYTES -> Integer.toString(in.getShort() & 0xFFFF);
            case FOUR_BYTES -> Long.toString(in.getInt() & 0xFFFF_FFFFL);
            case TEXT -> text(in);
            case BINARY -> HexFormat.of().formatHex(Bytes.block(in));
            case PAIR -> text(in) + ":" + text(in);
        };
    }

    private static String text(ByteBuffer in) {
        return new String(Bytes.block(in), StandardCharsets.UTF_8);
    }

    private static Property withId(int id) {
        for (Property property : values()) {
            if (property.id == id) {
                return property;
            }
        }
        throw new AssertionError("no property has the identifier " + id);
    }
}
