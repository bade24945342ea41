package io.thingport.mqtt.transport;

import io.thingport.mqtt.BytePort;
import io.thingport.mqtt.ByteSink;
import io.thingport.mqtt.MqttServer;
import io.thingport.mqtt.Peer;
import io.thingport.mqtt.testing.Eventually;
import io.thingport.mqtt.testing.Packets;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/** An application that carries one client's connection and does nothing by itself. */
final class Carrier implements ByteSink {

    static final Peer PEER = new Peer(new InetSocketAddress("192.0.2.1", 4711), true);

    final BlockingQueue<byte[]> pieces = new LinkedBlockingQueue<>();
    final Semaphore resumed = new Semaphore(0);
    final CountDownLatch closed = new CountDownLatch(1);
    final BytePort port;

    Carrier(MqttServer server) {
        port = server.connect(PEER, this);
    }

    @Override
    public void send(ByteBuffer bytes) {
        byte[] piece = new byte[bytes.remaining()];
        bytes.get(piece);
        pieces.add(piece);
    }

    @Override
    public void resume() {
        resumed.release();
    }

    @Override
    public void close() {
        closed.countDown();
    }

    /** Brings what the client sends, in one go. */
    boolean bring(String... packets) {
        return port.received(ByteBuffer.wrap(Packets.bytes(String.join("", packets))));
    }

    /** Waits for the next piece, and says that it has been sent. */
    String sent() {
        String piece = next();
        port.sent();
        return piece;
    }

    /** Waits for the next piece, which stays unsent. */
    String next() {
        return Packets.hex(Eventually.next(pieces));
    }

    void awaitClosed() {
        Eventually.until("closed", () -> closed.getCount() == 0);
    }
}
