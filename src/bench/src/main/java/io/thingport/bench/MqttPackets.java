package io.thingport.bench;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Packets of MQTT 3.1.1 as bytes. */
final class MqttPackets {

    private static final int KEEP_ALIVE_SECONDS = 1_200;

    private MqttPackets() {
    }

    /** CONNECT with a clean session. */
    static byte[] connect(DeviceLogin login) throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        DataOutputStream body = new DataOutputStream(packet);
        body.writeUTF("MQTT");
        body.write(4);
        body.write(0xC2); // user name, password, clean session
        body.writeShort(KEEP_ALIVE_SECONDS);
        body.writeUTF(login.clientId());
        body.writeUTF(login.userName());
        body.writeUTF(login.password());
        return packet(0x10, packet.toByteArray());
    }

    /** SUBSCRIBE with packet identifier 1, at QoS 1. */
    static byte[] subscribe(List<String> filters) throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        DataOutputStream body = new DataOutputStream(packet);
        body.writeShort(1);
        for (String filter : filters) {
            body.writeUTF(filter);
            body.write(1);
        }
        return packet(0x82, packet.toByteArray());
    }

    /** PUBLISH at QoS 0. */
    static byte[] publish(String topic, byte[] payload) throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        DataOutputStream body = new DataOutputStream(packet);
        body.writeUTF(topic);
        body.write(payload);
        return packet(0x30, packet.toByteArray());
    }

    /** PUBLISH at QoS 1. */
    static byte[] publish(byte[] topic, int packetId, byte[] payload) throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        DataOutputStream body = new DataOutputStream(packet);
        body.writeShort(topic.length);
        body.write(topic);
        body.writeShort(packetId);
        body.write(payload);
        return packet(0x32, packet.toByteArray());
    }

    /** The topic of a PUBLISH without its fixed header. */
    static String topic(byte[] body) {
        return new String(body, 2, (body[0] & 0xFF) << 8 | body[1] & 0xFF, StandardCharsets.UTF_8);
    }

    private static byte[] packet(int first, byte[] body) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(first);
        int length = body.length;
        do {
            packet.write(length < 0x80 ? length : length & 0x7F | 0x80);
            length >>= 7;
        } while (length > 0);
        packet.writeBytes(body);
        return packet.toByteArray();
    }
}
