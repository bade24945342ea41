package io.thingport.mqtt.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttChannel;
import io.thingport.mqtt.MqttServerSettings;
import io.thingport.mqtt.TlsSettings;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.SendResult;
import io.thingport.mqtt.TopicName;
import io.thingport.mqtt.testing.Packets;
import io.thingport.mqtt.testing.RecordingHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What waits for a client that does not read is bounded. */
class OutputBoundTest {

    private static final int OUTPUT_MAXIMUM = 10_000;
    private static final MqttServerSettings SETTINGS = new MqttServerSettings(List.of(), TlsSettings.DEFAULTS, 1, Duration.ofSeconds(10),
            65_536, 65_536, 100, 65_536, 100, 100, 20, OUTPUT_MAXIMUM);
    private static final Message KILOBYTE = Message.of(TopicName.of("a"), QoS.AT_MOST_ONCE, Payload.of(new byte[1_000]));

    private final List<String> calls = new ArrayList<>();
    private final RecordingHandler handler = new RecordingHandler() {
        @Override
        public void writable(MqttChannel channel) {
            calls.add("writable");
            super.writable(channel);
        }
    };
    private final EmbeddedClient client = new EmbeddedClient(SETTINGS, handler);
    private MqttChannel channel;

    @BeforeEach
    void connect() {
        client.send(Packets.connect(MqttVersion.V3_1_1, 30));
        client.received();
        channel = handler.channels.element();
        client.reading(false);
    }

    @AfterEach
    void noLeak() {
        client.closeAndExpectNoLeak();
    }

    @Test
    void sendsAreRefusedFromTheBoundOn() {
        assertThat(sendUntilRefused()).isBetween(OUTPUT_MAXIMUM / 1_000, OUTPUT_MAXIMUM / 1_000 + 1);
    }

    @Test
    void sendsOfManyTurnsAreRefusedFromTheBoundOn() {
        int sent = 0;
        while (channel.send(KILOBYTE) == SendResult.SENT) {
            client.run();
            sent++;
        }

        assertThat(sent).isBetween(OUTPUT_MAXIMUM / 1_000 - 1, OUTPUT_MAXIMUM / 1_000 + 1);
    }

    @Test
    void afterARefusedSendTheApplicationIsToldOfRoom() {
        sendUntilRefused();
        client.run();
        assertThat(calls).isEmpty();

        client.reading(true);

        assertThat(calls).containsExactly("writable");
        assertThat(channel.send(KILOBYTE)).isEqualTo(SendResult.SENT);
    }

    @Test
    void withoutARefusedSendTheApplicationIsNotTold() {
        channel.send(KILOBYTE);
        client.run();

        client.reading(true);

        assertThat(calls).isEmpty();
    }

    /** Else the answers to PINGREQ, PUBLISH and SUBSCRIBE would fill the memory. */
    @Test
    void aClientThatDoesNotReadIsNotRead() {
        client.send(Packets.PINGREQ.repeat(OUTPUT_MAXIMUM));
        assertThat(client.beingRead()).isFalse();

        client.reading(true);
        assertThat(client.beingRead()).isTrue();
        assertThat(client.received()).isEqualTo(Packets.PINGRESP.repeat(OUTPUT_MAXIMUM));
    }

    @Test
    void aClientThatDoesNotReadForTooLongIsClosed() {
        client.send(Packets.PINGREQ.repeat(OUTPUT_MAXIMUM));

        client.passTime(Duration.ofSeconds(45 + 3));

        assertThat(client.closed()).isTrue();
    }

    private int sendUntilRefused() {
        int sent = 0;
        while (channel.send(KILOBYTE) == SendResult.SENT) {
            sent++;
        }
        return sent;
    }
}
