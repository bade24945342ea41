package io.thingport.bench;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;

/** A device that takes messages and replies to calls, on a connection and a thread of its own. */
final class AnsweringDevice implements AutoCloseable {

    private static final int CONNACK = 0x20;
    private static final int SUBACK = 0x90;
    private static final byte[] REPLY = "0123456789012345678901234567890123456789012345678901234567890123".getBytes();

    private final Socket socket;
    private final StreamWire wire;
    private final DataInputStream in;

    /** Connects, subscribes to messages and calls, and answers from then on. */
    AnsweringDevice(int port, Fleet.Device device) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        wire = new StreamWire(socket.getInputStream(), socket.getOutputStream(), socket);
        in = new DataInputStream(wire.in());
        wire.send(MqttPackets.connect(device.login()));
        wire.flush();
        expect(CONNACK);
        wire.send(MqttPackets.subscribe(List.of(device.topic("user/get"),
                "/sys/" + device.productKey() + "/" + device.name() + "/rrpc/request/+")));
        wire.flush();
        expect(SUBACK);
        Thread thread = new Thread(this::answer, device.name());
        thread.setDaemon(true);
        thread.start();
    }

    private void answer() {
        try {
            while (true) {
                in.readUnsignedByte(); // PUBLISH at QoS 0: nothing else comes
                String topic = MqttPackets.topic(body());
                if (topic.contains("/rrpc/request/")) {
                    wire.send(MqttPackets.publish(topic.replace("/request/", "/response/"), REPLY));
                    wire.flush();
                }
            }
        } catch (IOException e) {
            // the connection has ended, and with it the device
        }
    }

    private void expect(int type) throws IOException {
        int first = in.readUnsignedByte();
        body();
        if (first != type) {
            throw new IOException("packet " + first + " instead of " + type);
        }
    }

    private byte[] body() throws IOException {
        int length = 0;
        int shift = 0;
        int next;
        do {
            next = in.readUnsignedByte();
            length |= (next & 0x7F) << shift;
            shift += 7;
        } while (next >= 0x80);
        return in.readNBytes(length);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
