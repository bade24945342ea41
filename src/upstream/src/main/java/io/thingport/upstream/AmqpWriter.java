package io.thingport.upstream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes the sections of an AMQP 1.0 message, of which consumer groups need few [AMQP 1.0, 1.6 and 3.2]. It keeps its
 * buffer from message to message. For one thread.
 */
final class AmqpWriter {

    private static final int DESCRIBED = 0x00;
    private static final int SMALL_ULONG = 0x53;
    private static final int HEADER = 0x70;
    private static final int PROPERTIES = 0x73;
    private static final int APPLICATION_PROPERTIES = 0x74;
    private static final int DATA = 0x75;
    private static final int TRUE = 0x41;
    private static final int INT = 0x71;
    private static final int LONG = 0x81;
    private static final int BINARY_8 = 0xa0;
    private static final int STRING_8 = 0xa1;
    private static final int BINARY_32 = 0xb0;
    private static final int STRING_32 = 0xb1;
    private static final int LIST_8 = 0xc0;
    private static final int MAP_32 = 0xd1;

    private static final int LENGTH_8 = 255;
    private static final int FIRST_CAPACITY = 1024;
    private static final int KEPT_CAPACITY = 64 * 1024;

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int end;
    private int map; // where the size of the application properties is written
    private int elements;

    /** Begins a message. */
    void clear() {
        end = 0;
        if (bytes.length > KEPT_CAPACITY) {
            bytes = new byte[FIRST_CAPACITY];
        }
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, end);
    }

    /** The header: durable, and nothing else. */
    void durableHeader() {
        section(HEADER);
        write(LIST_8, 2, 1, TRUE);
    }

    /** The properties: a message-id, and nothing else. */
    void messageId(String id) {
        byte[] text = id.getBytes(StandardCharsets.UTF_8);
        section(PROPERTIES);
        write(LIST_8, 3 + text.length, 1, STRING_8);
        write(text.length);
        write(text);
    }

    void beginApplicationProperties() {
        section(APPLICATION_PROPERTIES);
        write(MAP_32);
        map = end;
        elements = 0;
        room(8);
        end += 8;
    }

    void entry(String key, String value) {
        elements += 2;
        string(key);
        string(value);
    }

    /** As a signed int. */
    void entry(String key, int value) {
        elements += 2;
        string(key);
        write(INT);
        room(Integer.BYTES);
        ByteBuffer.wrap(bytes).putInt(end, value);
        end += Integer.BYTES;
    }

    /** As a signed long. */
    void entry(String key, long value) {
        elements += 2;
        string(key);
        write(LONG);
        room(Long.BYTES);
        ByteBuffer.wrap(bytes).putLong(end, value);
        end += Long.BYTES;
    }

    void endApplicationProperties() {
        ByteBuffer.wrap(bytes).putInt(map, end - map - Integer.BYTES).putInt(map + Integer.BYTES, elements);
    }

    void data(byte[] payload) {
        section(DATA);
        length(BINARY_8, BINARY_32, payload.length);
        write(payload);
    }

    private void section(int descriptor) {
        write(DESCRIBED, SMALL_ULONG, descriptor);
    }

    private void string(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        length(STRING_8, STRING_32, utf8.length);
        write(utf8);
    }

    private void length(int code8, int code32, int length) {
        if (length <= LENGTH_8) {
            write(code8);
            write(length);
        } else {
            write(code32);
            room(Integer.BYTES);
            ByteBuffer.wrap(bytes).putInt(end, length);
            end += Integer.BYTES;
        }
    }

    private void write(int octet) {
        room(1);
        bytes[end++] = (byte) octet;
    }

    private void write(int a, int b, int c) {
        write(a);
        write(b);
        write(c);
    }

    private void write(int a, int b, int c, int d) {
        write(a, b, c);
        write(d);
    }

    private void write(byte[] octets) {
        room(octets.length);
        System.arraycopy(octets, 0, bytes, end, octets.length);
        end += octets.length;
    }

    private void room(int more) {
        if (bytes.length - end < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, end + more));
        }
    }
}
