package io.thingport.it.mqtt5;

import io.thingport.it.Login;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Packets of MQTT 5 put together field by field, right or wrong as the test wants them. */
final class Bytes {

    /** No flags but user name and password. */
    static final int LOGIN = 0b1100_0000;
    static final int CLEAN_START = 0b0000_0010;
    static final byte[] PINGREQ = of(0xC0, 0);
    /** Ill-formed UTF-8: a surrogate. */
    static final byte[] SURROGATE = of(0xED, 0xA0, 0x80);

    private Bytes() {
    }

    /** Fields in their order: an int is one byte, a text is preceded by its length, bytes are themselves. */
    static byte[] of(Object... fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Object field : fields) {
            if (field instanceof Integer one) {
                out.write(one);
            } else if (field instanceof String text) {
                byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                out.writeBytes(two(utf8.length));
                out.writeBytes(utf8);
            } else {
                out.writeBytes((byte[]) field);
            }
        }
        return out.toByteArray();
    }

    /** A packet with these fields; its remaining length is right. */
    static byte[] packet(int first, Object... fields) {
        byte[] body = of(fields);
        return of(first, variable(body.length), body);
    }

    /** A Two Byte Integer. */
    static byte[] two(int value) {
        return of(value >> 8, value);
    }

    /** A Variable Byte Integer. */
    static byte[] variable(int value) {
        return value < 0x80 ? of(value) : of(value & 0x7F | 0x80, variable(value >> 7));
    }

    /** Properties with their length in front. */
    static byte[] properties(byte[]... properties) {
        byte[] all = of((Object[]) properties);
        return of(variable(all.length), all);
    }

    /** A CONNECT with Clean Start. */
    static byte[] connect(Login login, byte[]... properties) {
        return connect(LOGIN | CLEAN_START, login, properties);
    }

    static byte[] connect(int flags, Login login, byte[]... properties) {
        return packet(0x10, "MQTT", 5, flags, two(login.keepAlive()), properties(properties), login.clientId(),
                login.userName(), login.password());
    }

    /** A CONNECT with a will. */
    static byte[] connectWithWill(int flags, Login login, byte[] willProperties, Object willTopic, String willPayload) {
        return packet(0x10, "MQTT", 5, LOGIN | CLEAN_START | 0b100 | flags, two(60), properties(), login.clientId(),
                willProperties, willTopic, willPayload, login.userName(), login.password());
    }

    /** A PUBLISH at QoS 0. */
    static byte[] publish0(String topic, String payload, byte[]... properties) {
        return publish(0x30, topic, 0, payload, properties);
    }

    /** A PUBLISH at QoS 1. */
    static byte[] publish1(String topic, int packetId, String payload, byte[]... properties) {
        return publish(0x32, topic, packetId, payload, properties);
    }

    /** @param packetId left out when it is 0 */
    static byte[] publish(int first, String topic, int packetId, String payload, byte[]... properties) {
        return packet(first, topic, packetId == 0 ? of() : two(packetId), properties(properties),
                payload.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] puback(int packetId) {
        return packet(0x40, two(packetId));
    }

    static byte[] puback(int packetId, int reason) {
        return packet(0x40, two(packetId), reason);
    }

    /** @param pairs filters, each followed by its options */
    static byte[] subscribe(int packetId, Object... pairs) {
        return packet(0x82, two(packetId), properties(), of(pairs));
    }

    static byte[] unsubscribe(int packetId, String... filters) {
        return packet(0xA2, two(packetId), properties(), of((Object[]) filters));
    }

    static byte[] disconnect(int reason, byte[]... properties) {
        return packet(0xE0, reason, properties(properties));
    }

    /** Reads a Variable Byte Integer. */
    static int variable(ByteBuffer in) {
        int b = in.get();
        return b >= 0 ? b : b & 0x7F | variable(in) << 7;
    }

    /** Reads what has its length in front. */
    static byte[] block(ByteBuffer in) {
        byte[] bytes = new byte[in.getShort() & 0xFFFF];
        in.get(bytes);
        return bytes;
    }
}
