package io.thingport.platform.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads what {@link BytesOut} wrote. Every method throws an {@link IllegalArgumentException} when that is not there. */
final class BytesIn {

    private final ByteBuffer buffer;

    /** @param version the form that is expected */
    BytesIn(byte[] bytes, int version) {
        buffer = ByteBuffer.wrap(bytes);
        int found = octet();
        if (found != version) {
            throw new IllegalArgumentException("stored in form " + found + ", not " + version);
        }
    }

    int octet() {
        return has(1).get() & 0xFF;
    }

    boolean flag() {
        return octet() != 0;
    }

    int number() {
        return has(Integer.BYTES).getInt();
    }

    long longNumber() {
        return has(Long.BYTES).getLong();
    }

    String text() {
        return new String(block(), StandardCharsets.UTF_8);
    }

    byte[] block() {
        int length = number();
        has(length);
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }

    /** Nothing may follow. */
    void end() {
        if (buffer.hasRemaining()) {
            throw new IllegalArgumentException("more is stored than expected");
        }
    }

    private ByteBuffer has(int bytes) {
        if (bytes < 0 || buffer.remaining() < bytes) {
            throw new IllegalArgumentException("less is stored than expected");
        }
        return buffer;
    }
}
