package io.thingport.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what the server sends on one connection and checks each packet: that it is whole, well-formed, of a type and with the
 * flags that a server sends, and on a topic of this device. Belongs to one thread.
 */
final class FuzzAnswers {

    static final int CONNACK = 2;
    static final int PUBLISH = 3;
    static final int PUBACK = 4;
    static final int SUBACK = 9;
    static final int UNSUBACK = 11;
    static final int PINGRESP = 13;
    static final int DISCONNECT = 14;

    private final InputStream in;
    private final int level;
    private final Fleet.Device device;
    private final Map<Integer, String> aliases = new HashMap<>();
    private boolean connected;
    private boolean over;

    /** What the server sent is wrong. */
    static final class BrokenAnswer extends RuntimeException {
        private static final long serialVersionUID = 1;

        BrokenAnswer(String what) {
            super(what);
        }
    }

    /**
     * A packet of the server.
     *
     * @param packetId 0 where there is none
     * @param code     of CONNACK, PUBACK, SUBACK's first filter and DISCONNECT; 0 where there is none
     * @param payload  of PUBLISH, else empty
     */
    record Packet(int type, int qos, int packetId, int code, String topic, byte[] payload) {

        @Override
        public String toString() {
            return "packet type " + type + ", packet identifier " + packetId + ", code " + code + ", " + payload.length + " bytes";
        }
    }

    /** @param level of the CONNECT that was sent */
    FuzzAnswers(InputStream in, int level, Fleet.Device device) {
        this.in = in;
        this.level = level;
        this.device = device;
    }

    /**
     * The next packet; empty when the server has closed, also when its last packet was lost with the reset of a connection.
     *
     * @throws BrokenAnswer                    when it is no packet, or none that a server may send now
     * @throws java.net.SocketTimeoutException when nothing comes
     */
    Optional<Packet> next() throws IOException {
        byte[] body;
        int first;
        try {
            first = in.read();
            if (first < 0) {
                return Optional.empty();
            }
            body = in.readNBytes(remainingLength());
        } catch (SocketException reset) {
            return Optional.empty();
        }
        Fields fields = new Fields(first, body);
        if (over) {
            throw fields.broken("a packet behind DISCONNECT");
        }
        if (connected == (first >> 4 == CONNACK)) {
            throw fields.broken("CONNACK is not the first packet, or not the only one");
        }
        connected = true;
        Packet packet = read(fields);
        fields.expectEnd();
        return Optional.of(packet);
    }

    private int remainingLength() throws IOException {
        int length = 0;
        for (int shift = 0; shift < 28; shift += 7) {
            int b = in.read();
            if (b < 0) {
                throw new BrokenAnswer("a packet without its remaining length");
            }
            length |= (b & 0x7F) << shift;
            if (b < 128) {
                return length;
            }
        }
        throw new BrokenAnswer("a remaining length of more than four bytes");
    }

    private Packet read(Fields in) {
        boolean v5 = level == 5;
        if (in.flags() != 0 && in.type() != PUBLISH) {
            throw in.broken("reserved flags");
        }
        switch (in.type()) {
            case CONNACK: {
                int flags = in.oneByte();
                int code = in.oneByte();
                if (flags > 1 || code != 0 && flags != 0) {
                    throw in.broken("flags of CONNACK");
                }
                if (v5) {
                    in.properties();
                }
                over = code != 0;
                return new Packet(CONNACK, 0, 0, code, "", new byte[0]);
            }
            case PUBLISH:
                return publish(in, v5);
            case PUBACK: {
                int packetId = in.number();
                int code = v5 && in.more() ? in.oneByte() : 0;
                if (v5 && in.more()) {
                    in.properties();
                }
                return new Packet(PUBACK, 0, packetId, code, "", new byte[0]);
            }
            case SUBACK, UNSUBACK: {
                int packetId = in.number();
                if (v5) {
                    in.properties();
                }
                byte[] codes = v5 || in.type() == SUBACK ? in.rest() : new byte[1];
                for (byte code : codes) {
                    if (code > 1 && code != 0x11) {
                        throw in.broken("a code of SUBACK");
                    }
                }
                return new Packet(in.type(), 0, packetId, codes[0] & 0xFF, "", codes);
            }
            case PINGRESP:
                return new Packet(PINGRESP, 0, 0, 0, "", new byte[0]);
            case DISCONNECT: {
                if (!v5) {
                    throw in.broken("a DISCONNECT in 3.x");
                }
                int code = in.oneByte();
                in.properties();
                over = true;
                return new Packet(DISCONNECT, 0, 0, code, "", new byte[0]);
            }
            default:
                throw in.broken("a packet that no server sends");
        }
    }

    private Packet publish(Fields in, boolean v5) {
        int qos = in.flags() >> 1 & 3;
        if (qos > 1 || (in.flags() & 1) != 0 || qos == 0 && in.flags() != 0) {
            throw in.broken("flags of PUBLISH");
        }
        String topic = in.text();
        int packetId = qos == 0 ? 0 : in.number();
        if (qos == 1 && packetId == 0) {
            throw in.broken("packet identifier 0");
        }
        if (v5) {
            int alias = in.properties();
            if (alias > 0 && !topic.isEmpty()) {
                aliases.put(alias, topic);
            } else if (topic.isEmpty()) {
                topic = aliases.getOrDefault(alias, "");
            }
        }
        if (!topic.contains("/" + device.productKey() + "/" + device.name() + "/")
                && !topic.startsWith("/broadcast/" + device.productKey() + "/") && !topic.equals("/ext/notify")) {
            throw in.broken("a topic that is not this device's");
        }
        return new Packet(PUBLISH, qos, packetId, 0, topic, in.rest());
    }

    /** The fields of one packet. */
    private static final class Fields {
        private final int first;
        private final byte[] body;
        private int position;

        Fields(int first, byte[] body) {
            this.first = first;
            this.body = body;
        }

        int type() {
            return first >> 4;
        }

        int flags() {
            return first & 0x0F;
        }

        boolean more() {
            return position < body.length;
        }

        int oneByte() {
            if (!more()) {
                throw broken("shorter than its fields");
            }
            return body[position++] & 0xFF;
        }

        int number() {
            return oneByte() << 8 | oneByte();
        }

        byte[] bytes(int length) {
            if (length > body.length - position) {
                throw broken("shorter than its fields");
            }
            position += length;
            return Arrays.copyOfRange(body, position - length, position);
        }

        byte[] rest() {
            return bytes(body.length - position);
        }

        String text() {
            try {
                return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(number()))).toString();
            } catch (CharacterCodingException e) {
                throw broken("text that is not UTF-8");
            }
        }

        int variable() {
            int value = 0;
            for (int shift = 0; shift < 28; shift += 7) {
                int b = oneByte();
                value |= (b & 0x7F) << shift;
                if (b < 128) {
                    return value;
                }
            }
            throw broken("a variable byte integer of more than four bytes");
        }

        /** Passes over the properties; the Topic Alias, or 0. */
        int properties() {
            int length = variable();
            int end = position + length;
            int alias = 0;
            while (position < end) {
                int id = oneByte();
                switch (id) {
                    case 0x01, 0x17, 0x19, 0x24, 0x25, 0x28, 0x29, 0x2A -> oneByte();
                    case 0x13, 0x21, 0x22 -> number();
                    case 0x23 -> alias = number();
                    case 0x02, 0x11, 0x18, 0x27 -> bytes(4);
                    case 0x03, 0x08, 0x12, 0x15, 0x1A, 0x1C, 0x1F -> text();
                    case 0x09, 0x16 -> bytes(number());
                    case 0x0B -> variable();
                    case 0x26 -> {
                        text();
                        text();
                    }
                    default -> throw broken("property " + id);
                }
            }
            if (position != end) {
                throw broken("length of properties");
            }
            return alias;
        }

        void expectEnd() {
            if (more()) {
                throw broken("longer than its fields");
            }
        }

        BrokenAnswer broken(String what) {
            ByteArrayOutputStream packet = new ByteArrayOutputStream();
            packet.write(first);
            packet.writeBytes(Arrays.copyOf(body, Math.min(body.length, 200)));
            return new BrokenAnswer("the server sent " + what + ": " + HexFormat.of().formatHex(packet.toByteArray())
                    + " (first byte and " + body.length + " bytes of body)");
        }
    }
}
