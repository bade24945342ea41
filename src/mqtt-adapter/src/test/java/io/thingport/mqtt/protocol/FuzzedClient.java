package io.thingport.mqtt.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.util.ReferenceCountUtil;
import io.thingport.mqtt.MqttHandler;
import io.thingport.mqtt.MqttServerSettings;
import io.thingport.mqtt.TlsSettings;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.testing.FailureLog;
import io.thingport.mqtt.testing.Packets;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;

/**
 * A client that may send anything, and what has to hold whatever it sends: nothing fails, nothing leaks, no more memory
 * is held than the settings allow, and what the server sends are whole packets that another codec understands.
 */
final class FuzzedClient implements AutoCloseable {

    /** Tight, so that bytes of chance come to the bounds; the windows just wide enough to grow. */
    static final MqttServerSettings SETTINGS = new MqttServerSettings(List.of(), TlsSettings.DEFAULTS, 1, Duration.ofSeconds(10),
            1024, 2048, 100, 4096, 12, 12, 2, 4096);

    /** All that the settings allow, and the buffers that grow by powers of two. */
    private static final long MEMORY_MAXIMUM = 64 * 1024;

    private final FailureLog log = new FailureLog();
    private final EmbeddedClient client;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    FuzzedClient(MqttHandler handler) {
        client = new EmbeddedClient(SETTINGS, handler);
    }

    /** Sends bytes, unless the server does not read. */
    void send(byte[] bytes, boolean ownTurn) {
        if (client.beingRead()) {
            client.read(bytes);
        }
        if (ownTurn) {
            run();
        }
    }

    void run() {
        client.run();
        assertThat(client.memory()).as("bytes held").isLessThanOrEqualTo(MEMORY_MAXIMUM);
        received.writeBytes(Packets.bytes(client.received()));
    }

    void reading(boolean reading) {
        client.reading(reading);
        run();
    }

    void passTime(Duration time) {
        client.passTime(time);
        run();
    }

    boolean closed() {
        return client.closed();
    }

    /** Leaves, and looks at what the server has sent in all. */
    void leave() {
        client.reading(true);
        run();
        client.closeAndExpectNoLeak();
        expectUnderstood(received.toByteArray());
    }

    private static void expectUnderstood(byte[] bytes) {
        // CONNACK comes first, and is longer in 5.0
        MqttVersion version = bytes.length > 1 && bytes[1] > 2 ? MqttVersion.V5 : MqttVersion.V3_1_1;
        EmbeddedChannel codec = new EmbeddedChannel(new MqttDecoder(SETTINGS.packetMaximum() * 2));
        try {
            codec.writeInbound(Unpooled.wrappedBuffer(Packets.bytes(Packets.connect(version)))); // tells it the version
            codec.writeInbound(Unpooled.wrappedBuffer(bytes));
            int length = 0;
            for (MqttMessage packet = codec.readInbound(); packet != null; packet = codec.readInbound()) {
                assertThat(packet.decoderResult().cause()).as(Packets.hex(bytes)).isNull();
                int remaining = packet.fixedHeader().remainingLength();
                length += 1 + PacketEncoder.variableIntLength(remaining) + remaining;
                ReferenceCountUtil.release(packet);
            }
            int connect = Packets.bytes(Packets.connect(version)).length;
            assertThat(length - connect).as("bytes in whole packets").isEqualTo(bytes.length);
        } finally {
            codec.finishAndReleaseAll();
        }
    }

    @Override
    public void close() {
        log.close();
    }
}
