package io.thingport.it;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A packet put together field by field, right or wrong as the test wants it; its remaining length is right. */
public final class PacketBytes {

    private final int first;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    private PacketBytes(int first) {
        this.first = first;
    }

    /** @param first type and flags */
    public static PacketBytes packet(int first) {
        return new PacketBytes(first);
    }

    /** A CONNECT up to its keep-alive of 60 seconds. */
    public static PacketBytes connect(int level, int flags) {
        return connect(level, flags, 60);
    }

    /** A CONNECT up to its keep-alive in seconds. */
    public static PacketBytes connect(int level, int flags, int keepAlive) {
        return packet(0x10).text(level == 3 ? "MQIsdp" : "MQTT").bytes(level, flags).number(keepAlive);
    }

    public PacketBytes bytes(int... values) {
        for (int value : values) {
            body.write(value);
        }
        return this;
    }

    public PacketBytes raw(byte[] bytes) {
        body.writeBytes(bytes);
        return this;
    }

    /** Bytes given as hexadecimal without blanks. */
    public PacketBytes hex(String hex) {
        return raw(HexFormat.of().parseHex(hex));
    }

    /** A Two Byte Integer. */
    public PacketBytes number(int value) {
        return bytes(value >> 8, value);
    }

    /** A text with its length in front, in UTF-8. */
    public PacketBytes text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return number(utf8.length).raw(utf8);
    }

    /** An empty list of properties in 5.0, nothing in 3.x. */
    public PacketBytes noProperties(int level) {
        return level == 5 ? bytes(0) : this;
    }

    /** Properties with their length in front. */
    public PacketBytes properties(byte[] properties) {
        return raw(remainingLength(properties.length)).raw(properties);
    }

    /** What has been put together so far, without the fixed header. */
    public byte[] body() {
        return body.toByteArray();
    }

    public byte[] build() {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(first);
        packet.writeBytes(remainingLength(body.size()));
        packet.writeBytes(body.toByteArray());
        return packet.toByteArray();
    }

    /** A Variable Byte Integer. */
    public static byte[] remainingLength(int length) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int left = length;
        do {
            bytes.write(left & 0x7F | (left > 127 ? 0x80 : 0));
            left >>= 7;
        } while (left > 0);
        return bytes.toByteArray();
    }
}
