package io.thingport.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * Writes the fields of MQTT; one in so many of them oddly: a wrong length, bytes that are no text, a value out of its range.
 * Belongs to one thread.
 */
final class FuzzBytes {

    private static final String[] ODD_TEXTS = {"", "+", "#", "/", "//", "\0", "\uFEFF", "$SYS/#", "$share/g/x", "/a/+/b", "a#",
            "MQTT", "/".repeat(300), "x".repeat(5000), "é", "😀"};
    private static final int[] ODD_BYTES = {0, 1, 0x7F, 0x80, 0x81, 0xC0, 0xED, 0xF4, 0xFE, 0xFF};

    private final RandomGenerator random;
    private final int oneIn; // 0: never
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    /** @param oneIn how many fields there are for an odd one; 0 for none */
    FuzzBytes(RandomGenerator random, int oneIn) {
        this.random = random;
        this.oneIn = oneIn;
    }

    boolean odd() {
        return oneIn > 0 && random.nextInt(oneIn) == 0;
    }

    FuzzBytes oneByte(int value) {
        body.write(odd() ? ODD_BYTES[random.nextInt(ODD_BYTES.length)] : value);
        return this;
    }

    FuzzBytes number(int value) {
        return oneByte(value >> 8).oneByte(value);
    }

    FuzzBytes longNumber(long value) {
        return number((int) (value >> 16)).number((int) value);
    }

    FuzzBytes raw(byte[] bytes) {
        body.writeBytes(bytes);
        return this;
    }

    FuzzBytes text(String text) {
        return binary((odd() ? ODD_TEXTS[random.nextInt(ODD_TEXTS.length)] : text).getBytes(StandardCharsets.UTF_8));
    }

    FuzzBytes binary(byte[] bytes) {
        int length = bytes.length;
        if (odd()) {
            length = switch (random.nextInt(4)) {
                case 0 -> length + 1;
                case 1 -> Math.max(0, length - 1);
                case 2 -> 0xFFFF;
                default -> 0;
            };
        }
        body.write(length >> 8);
        body.write(length);
        return raw(bytes);
    }

    /** A Variable Byte Integer. */
    FuzzBytes variable(int value) {
        int left = odd() ? oddLength(value) : value;
        do {
            body.write(left & 0x7F | (left > 127 || odd() ? 0x80 : 0));
            left >>= 7;
        } while (left > 0);
        return this;
    }

    private int oddLength(int length) {
        return switch (random.nextInt(5)) {
            case 0 -> length + 1;
            case 1 -> Math.max(0, length - 1);
            case 2 -> 0;
            case 3 -> 268_435_455;
            default -> random.nextInt(400_000);
        };
    }

    /** Properties with their length in front. */
    FuzzBytes properties(byte[] properties) {
        return variable(properties.length).raw(properties);
    }

    byte[] bytes() {
        return body.toByteArray();
    }

    /** All so far as a packet. */
    byte[] packet(int first) {
        FuzzBytes packet = new FuzzBytes(random, oneIn);
        int flags = odd() ? random.nextInt(16) : first & 0x0F;
        packet.body.write(first & 0xF0 | flags);
        return packet.variable(body.size()).raw(bytes()).bytes();
    }
}
