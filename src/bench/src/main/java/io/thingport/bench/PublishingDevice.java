package io.thingport.bench;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A device with MQTT 3.1.1 on a blocking connection: it connects and publishes to itself. For one thread at a time. */
final class PublishingDevice implements AutoCloseable {

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
        wire.send(MqttPackets.connect(device.login()));
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
                wire.send(MqttPackets.publish(topic, id, payload));
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

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
