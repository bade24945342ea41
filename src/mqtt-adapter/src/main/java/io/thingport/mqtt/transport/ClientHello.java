package io.thingport.mqtt.transport;

import io.netty.buffer.ByteBuf;

/** What has to be known of a TLS ClientHello (RFC 8446, 4.1.2) before an engine is given it. */
final class ClientHello {

    private static final int RECORD_HEADER = 5;
    private static final int RECORD_MAXIMUM = 16 * 1024;
    /** Record header, message header, version and random. */
    private static final int BEFORE_SESSION_ID = RECORD_HEADER + 4 + 2 + 32;
    private static final int MAX_FRAGMENT_LENGTH = 1; // RFC 6066, 4

    private ClientHello() {
    }

    /** Whether the first record is whole, or will not be one. */
    static boolean isWhole(ByteBuf bytes) {
        if (bytes.readableBytes() < RECORD_HEADER) {
            return false;
        }
        int length = bytes.getUnsignedShort(bytes.readerIndex() + 3);
        return length > RECORD_MAXIMUM || bytes.readableBytes() >= RECORD_HEADER + length;
    }

    /** Whether the client asks for records smaller than usual. False for anything that is no ClientHello in one record. */
    static boolean asksForSmallRecords(ByteBuf bytes) {
        try {
            int at = bytes.readerIndex() + BEFORE_SESSION_ID;
            at += 1 + bytes.getUnsignedByte(at);
            at += 2 + bytes.getUnsignedShort(at); // cipher suites
            at += 1 + bytes.getUnsignedByte(at); // compression methods
            int end = Math.min(bytes.writerIndex(), at + 2 + bytes.getUnsignedShort(at));
            at += 2;
            while (at + 4 <= end) {
                if (bytes.getUnsignedShort(at) == MAX_FRAGMENT_LENGTH) {
                    return true;
                }
                at += 4 + bytes.getUnsignedShort(at + 2);
            }
            return false;
        } catch (IndexOutOfBoundsException tooShort) {
            return false;
        }
    }
}
