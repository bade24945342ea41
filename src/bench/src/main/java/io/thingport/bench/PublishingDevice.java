package io.thingport.bench;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A device with MQTT 3.1.1 on a blocking connection: it connects and publishes to itself. For one thread at a time. */
final class PublishingDevice implements AutoCloseable {

    private static final int KEEP_ALIVE_SECONDS = 1_200;
    private static final int CONNACK = 0x20;
    private static final int PUBACK = 0x40;

    private final Wire wire;
    private final DataInputStream in;
    private final byte[] topic;
    private final byte[] payload;

    /** Connects with a clean session. */
    PublishingDevice(Wire wire, Fleet.Device device, byte[] payload) throws IOException {
        this.wire = wire;
        this.in = new DataInputStream(wire.in());
        this.topic = device.topic("user/update").getBytes(StandardCharsets.UTF_8);
        this.payload = payload;
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        DataOutputStream body = new DataOutputStream(packet);
        body.writeUTF("MQTT");
        body.write(4);
        body.write(0xC2); // user name, password, clean session
        body.writeShort(KEEP_ALIVE_SECONDS);
        body.writeUTF(device.login().clientId());
        body.writeUTF(device.login().userName());
        body.writeUTF(device.login().password());
        wire.send(packet(0x10, packet.toByteArray()));
        wire.flush();
        if (in.readUnsignedByte() != CONNACK || in.readUnsignedByte() != 2 || in.readUnsignedShort() != 0) {
            throw new IOException(device.name() + " was not accepted");
        }
    }

    /** Publishes windows until this time of {@link System#nanoTime}; the number of messages that were acknowledged. */
    long publishUntil(long end, int window) throws IOException {
        long acknowledged = 0;
        while (System.nanoTime() < end) {
            for (int id = 1; id <= window; id++) {
                wire.send(publish(id));
            }
            wire.flush();
            for (int id = 1; id <= window; id++) {
                if (in.readUnsignedByte() != PUBACK || in.readUnsignedByte() != 2 || in.readUnsignedShort() != id) {
                    throw new IOException("not the PUBACK of " + id);
                }
            }
            acknowledged += window;
        }
        return acknowledged;
    }

    private byte[] publish(int id) throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        DataOutputStream body = new DataOutputStream(packet);
        body.writeShort(topic.length);
        body.write(topic);
        body.writeShort(id);
        body.write(payload);
        return packet(0x32, packet.toByteArray());
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

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
