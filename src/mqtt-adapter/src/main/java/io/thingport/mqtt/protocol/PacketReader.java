package io.thingport.mqtt.protocol;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the fields of one packet between two positions of a buffer [MQTT 5, 1.5]. Every read checks the end of the
 * packet and throws {@link ProtocolViolation} (0x81) beyond it. For all packets but PUBLISH and PUBACK, whose frequent
 * fields the connection reads itself.
 */
final class PacketReader {

    private final ByteBuf buffer;
    private final int end;
    private int position;

    PacketReader(ByteBuf buffer, int start, int end) {
        this.buffer = buffer;
        this.position = start;
        this.end = end;
    }

    int position() {
        return position;
    }

    boolean hasMore() {
        return position < end;
    }

    int readByte() {
        return buffer.getByte(advance(1)) & 0xFF;
    }

    int readShort() {
        return buffer.getUnsignedShort(advance(2));
    }

    /** Four Byte Integer, 0 to 4,294,967,295. */
    long readInt() {
        return buffer.getUnsignedInt(advance(4));
    }

    /** Variable Byte Integer, 0 to 268,435,455. */
    int readVariableInt() {
        int value = 0;
        for (int shift = 0; shift < 28; shift += 7) {
            int b = readByte();
            value |= (b & 0x7F) << shift;
            if ((b & 0x80) == 0) {
                if (b == 0 && shift > 0) {
                    throw ProtocolViolation.malformed("variable byte integer longer than it has to be"); // [MQTT-1.5.5-1]
                }
                return value;
            }
        }
        throw ProtocolViolation.malformed("variable byte integer longer than four bytes");
    }

    byte[] readBinary() {
        return readBytes(readShort());
    }

    /** UTF-8 Encoded String; ill-formed UTF-8 and U+0000 are malformed [MQTT-1.5.4-1, -2]. */
    String readString() {
        byte[] utf8 = readBinary();
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
            if (text.indexOf('\0') >= 0) {
                throw ProtocolViolation.malformed("U+0000 in a string");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw ProtocolViolation.malformed("ill-formed UTF-8");
        }
    }

    /** The reader of the properties that begin here; this one stands behind them afterwards. */
    PacketReader readProperties() {
        int length = readVariableInt();
        int start = advance(length);
        return new PacketReader(buffer, start, start + length);
    }

    void expectEnd() {
        if (position != end) {
            throw ProtocolViolation.malformed("bytes behind the end of the packet");
        }
    }

    private byte[] readBytes(int length) {
        int start = advance(length);
        byte[] bytes = new byte[length];
        buffer.getBytes(start, bytes);
        return bytes;
    }

    private int advance(int length) {
        int start = position;
        if (length > end - start) {
            throw ProtocolViolation.malformed("packet shorter than its fields");
        }
        position = start + length;
        return start;
    }
}
