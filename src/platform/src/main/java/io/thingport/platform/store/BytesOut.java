package io.thingport.platform.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes the parts of a stored form one behind the other; {@link BytesIn} reads them. */
final class BytesOut {

    private ByteBuffer buffer = ByteBuffer.allocate(128);

    /** @param version of the form, 1 to 255 */
    BytesOut(int version) {
        octet(version);
    }

    void octet(int value) {
        room(1).put((byte) value);
    }

    void flag(boolean value) {
        octet(value ? 1 : 0);
    }

    void number(int value) {
        room(Integer.BYTES).putInt(value);
    }

    void longNumber(long value) {
        room(Long.BYTES).putLong(value);
    }

    void text(String value) {
        block(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes and their number. */
    void block(byte[] value) {
        number(value.length);
        room(value.length).put(value);
    }

    byte[] bytes() {
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            int needed = Math.addExact(buffer.position(), bytes);
            buffer = ByteBuffer.allocate(Math.max(needed, 2 * buffer.capacity())).put(buffer.flip());
        }
        return buffer;
    }
}
