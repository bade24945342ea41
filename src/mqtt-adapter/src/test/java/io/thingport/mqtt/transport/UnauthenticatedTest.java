package io.thingport.mqtt.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.MqttServerSettings;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.testing.Eventually;
import io.thingport.mqtt.testing.Packets;
import io.thingport.mqtt.testing.RawClient;
import io.thingport.mqtt.testing.RecordingHandler;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is held for connections before their CONNECT is accepted is bounded for all of them together. */
class UnauthenticatedTest {

    /** A CONNECT with a client identifier of 900 bytes. */
    private static final byte[] CONNECT = Packets.bytes(Packets.packet(0x10,
            Packets.protocol(MqttVersion.V3_1_1) + "02003C" + Packets.string("c".repeat(900))));
    private static final byte[] PART = Arrays.copyOf(CONNECT, 600);

    private final RecordingHandler handler = new RecordingHandler();
    private final TestServer server = new TestServer(settings(), handler);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whoBringsMoreThanAllMayHoldIsClosed() {
        hold(PART);
        hold(PART);
        hold(PART);

        RawClient oneMore = server.client();
        oneMore.trySend(PART);

        oneMore.expectClose();
        assertThat(server.transport.counters().unauthenticated()).isEqualTo(1);
    }

    @Test
    void whoWasThereBeforeGoesOn() {
        RawClient first = hold(PART);
        hold(PART);
        hold(PART);
        server.client().trySend(PART);
        Eventually.until("closed", () -> server.transport.counters().unauthenticated() == 1);

        first.send(Arrays.copyOfRange(CONNECT, PART.length, CONNECT.length));

        first.expect("20020000");
    }

    @Test
    void whatEndsMakesRoom() {
        RawClient first = hold(PART);
        hold(PART);
        hold(PART);
        first.close();
        Eventually.until("two left", () -> server.transport.counters().connections() == 2);

        hold(PART);

        assertThat(server.transport.counters().unauthenticated()).isZero();
    }

    @Test
    void whatIsAcceptedMakesRoom() {
        for (int i = 0; i < 10; i++) {
            server.client().connected(MqttVersion.V3_1_1);
            server.client().connected(MqttVersion.V5);
        }
        hold(PART);
        hold(PART);
        hold(PART);

        assertThat(server.transport.counters().unauthenticated()).isZero();
    }

    private RawClient hold(byte[] bytes) {
        long before = server.transport.counters().bytesIn();
        RawClient client = server.client();
        client.send(bytes);
        Eventually.until("held", () -> server.transport.counters().bytesIn() == before + bytes.length);
        return client;
    }

    private static MqttServerSettings settings() {
        MqttServerSettings d = TestServer.settings(TestServer.freePort());
        return new MqttServerSettings(d.listeners(), d.tls(), d.loops(), d.connectTimeout(), 2_000, 2_000,
                d.unauthenticatedConnections(), d.packetMaximum(), d.receiveMaximum(), d.sendWindow(), d.topicAliasMaximum(), d.outputMaximum());
    }
}
