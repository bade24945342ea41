package io.thingport.mqtt.transport;

import static io.thingport.mqtt.testing.Packets.DISCONNECT;
import static io.thingport.mqtt.testing.Packets.PINGREQ;
import static io.thingport.mqtt.testing.Packets.PINGRESP;
import static io.thingport.mqtt.testing.Packets.bytes;
import static io.thingport.mqtt.testing.Packets.connect;
import static io.thingport.mqtt.testing.Packets.publish;
import static io.thingport.mqtt.testing.Packets.publish1;
import static io.thingport.mqtt.testing.Packets.puback;
import static io.thingport.mqtt.testing.Packets.subscribe;
import static io.thingport.mqtt.testing.Packets.unsubscribe;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.Connect;
import io.thingport.mqtt.MqttChannel;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.testing.RawClient;
import io.thingport.mqtt.testing.RecordingHandler;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Packets and segments of TCP know nothing of each other. */
class FramingTest {

    private static final String LONG = "x".repeat(130); // a remaining length of two bytes
    private static final Application APPLICATION = new Application();
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer(APPLICATION);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void everythingMayComeByteByByte(MqttVersion version) {
        RawClient client = server.client();

        for (byte b : bytes(conversation(version))) {
            client.send(new byte[] {b});
        }

        expectAnswers(client, version);
    }

    @ParameterizedTest
    @EnumSource
    void everythingMayComeInOneSegment(MqttVersion version) {
        RawClient client = server.client();

        client.send(conversation(version));

        expectAnswers(client, version);
    }

    @ParameterizedTest
    @EnumSource
    void packetsBehindConnectWaitForItsAnswer(MqttVersion version) {
        APPLICATION.acceptsLater = true;
        try {
            RawClient client = server.client();

            client.send(conversation(version));

            expectAnswers(client, version);
        } finally {
            APPLICATION.acceptsLater = false;
        }
    }

    @ParameterizedTest
    @EnumSource
    void packetsBehindARefusedConnectAreNotRead(MqttVersion version) {
        server.closeClients();
        APPLICATION.refuses = true;
        APPLICATION.forget();
        try {
            RawClient client = server.client();

            client.send(conversation(version));

            assertThat(client.readPacket()).startsWith("20");
            client.expectClose();
            assertThat(APPLICATION.published).isEmpty();
        } finally {
            APPLICATION.refuses = false;
        }
    }

    /** All packets a client sends. */
    private static String conversation(MqttVersion version) {
        return String.join("", connect(version), subscribe(version, 1, "a", "b/#"), PINGREQ, publish(version, "a", LONG),
                publish(version, "a", ""), publish1(version, 2, "b/c", "one"), puback(1), publish1(version, 2, "b/c", "two"),
                unsubscribe(version, 3, "a", "c"), publish(version, "a", "nobody"), PINGREQ, DISCONNECT);
    }

    private static void expectAnswers(RawClient client, MqttVersion version) {
        boolean v5 = version == MqttVersion.V5;
        assertThat(client.readPacket()).startsWith("20");
        client.expect(v5 ? "90 05 00 01 00 01 01" : "90 04 00 01 01 01", PINGRESP, publish(version, "a", LONG),
                publish(version, "a", ""), puback(2), publish1(version, 1, "b/c", "one"), puback(2),
                publish1(version, 2, "b/c", "two"), v5 ? "B0 05 00 03 00 00 11" : "B0 02 00 03", PINGRESP);
        client.expectClose();
    }

    private static final class Application extends RecordingHandler {

        private volatile boolean acceptsLater;
        private volatile boolean refuses;

        @Override
        public void connect(MqttChannel channel, Connect connect) {
            if (acceptsLater) {
                channel.loop().schedule(50, TimeUnit.MILLISECONDS, () -> super.connect(channel, connect));
            } else if (refuses) {
                channel.refuse(ReasonCode.NOT_AUTHORIZED, "no");
            } else {
                super.connect(channel, connect);
            }
        }
    }
}
