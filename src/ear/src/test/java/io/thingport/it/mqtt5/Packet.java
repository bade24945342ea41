package io.thingport.it.mqtt5;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A packet of MQTT 5 as the server sent it. Each part is read strictly and has to be there.
 *
 * @param bytes all of it
 */
record Packet(byte[] bytes) {

    static final int CONNACK = 2;
    static final int PUBLISH = 3;
    static final int PUBACK = 4;
    static final int SUBACK = 9;
    static final int UNSUBACK = 11;
    static final int PINGRESP = 13;
    static final int DISCONNECT = 14;

    int type() {
        return (bytes[0] & 0xFF) >> 4;
    }

    /** The low half of the first byte. */
    int flags() {
        return bytes[0] & 0x0F;
    }

    /** Bytes behind the first one that hold the remaining length. */
    int lengthBytes() {
        ByteBuffer in = ByteBuffer.wrap(bytes).position(1);
        Bytes.variable(in);
        return in.position() - 1;
    }

    int qos() {
        return flags() >> 1 & 3;
    }

    boolean dup() {
        return (flags() & 8) != 0;
    }

    boolean retain() {
        return (flags() & 1) != 0;
    }

    /** The first byte of CONNACK. */
    int acknowledgeFlags() {
        expect(CONNACK);
        return body().get();
    }

    boolean sessionPresent() {
        return acknowledgeFlags() == 1;
    }

    /** Of CONNACK, PUBACK or DISCONNECT. */
    int reason() {
        ByteBuffer body = body();
        switch (type()) {
            case CONNACK -> body.position(1);
            case PUBACK -> body.position(2);
            default -> expect(DISCONNECT);
        }
        return body.hasRemaining() ? body.get() & 0xFF : 0;
    }

    String topic() {
        expect(PUBLISH);
        return new String(Bytes.block(body()), StandardCharsets.UTF_8);
    }

    /** Of a PUBLISH at QoS 1 or an acknowledgement. */
    int packetId() {
        ByteBuffer body = body();
        if (type() == PUBLISH) {
            Bytes.block(body);
        }
        return body.getShort() & 0xFFFF;
    }

    /** {@code NAME=value}, in their order; none where a short form leaves even their length out. */
    List<String> properties() {
        ByteBuffer body = behindHeader();
        return type() == PUBACK && !body.hasRemaining() ? List.of() : Property.read(body);
    }

    /** The payload of a PUBLISH as text. */
    String payload() {
        expect(PUBLISH);
        return StandardCharsets.UTF_8.decode(behindProperties()).toString();
    }

    /** The reason codes of SUBACK or UNSUBACK. */
    List<Integer> reasons() {
        ByteBuffer rest = behindProperties();
        List<Integer> all = new ArrayList<>();
        while (rest.hasRemaining()) {
            all.add(rest.get() & 0xFF);
        }
        return all;
    }

    private ByteBuffer behindProperties() {
        ByteBuffer body = behindHeader();
        Property.read(body);
        return body;
    }

    private ByteBuffer behindHeader() {
        ByteBuffer body = body();
        switch (type()) {
            case CONNACK, SUBACK, UNSUBACK -> body.position(2);
            case PUBACK -> body.position(Math.min(3, body.limit()));
            case PUBLISH -> {
                Bytes.block(body);
                body.position(body.position() + (qos() == 0 ? 0 : 2));
            }
            default -> {
                expect(DISCONNECT);
                body.position(1);
            }
        }
        return body;
    }

    private void expect(int type) {
        if (type() != type) {
            throw new AssertionError(this + " is not of type " + type);
        }
    }

    private ByteBuffer body() {
        return ByteBuffer.wrap(bytes, 1 + lengthBytes(), bytes.length - 1 - lengthBytes()).slice();
    }

    /** As hexadecimal with blanks. */
    @Override
    public String toString() {
        return HexFormat.ofDelimiter(" ").formatHex(bytes);
    }
}
