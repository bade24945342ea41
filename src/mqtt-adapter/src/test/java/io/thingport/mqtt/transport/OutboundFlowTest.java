package io.thingport.mqtt.transport;

import static io.thingport.mqtt.testing.Packets.connect;
import static io.thingport.mqtt.testing.Packets.connect5;
import static io.thingport.mqtt.testing.Packets.hex;
import static io.thingport.mqtt.testing.Packets.packet;
import static io.thingport.mqtt.testing.Packets.puback;
import static io.thingport.mqtt.testing.Packets.publish;
import static io.thingport.mqtt.testing.Packets.publish1;
import static io.thingport.mqtt.testing.Packets.string;
import static io.thingport.mqtt.testing.Packets.subscribe;
import static io.thingport.mqtt.testing.Packets.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.Delivery;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttChannel;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.SendResult;
import io.thingport.mqtt.TopicName;
import io.thingport.mqtt.testing.Eventually;
import io.thingport.mqtt.testing.RawClient;
import io.thingport.mqtt.testing.RecordingHandler;
import io.thingport.mqtt.testing.RecordingHandler.Acked;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent to clients at QoS 1: window, identifiers, acknowledgements, and the client's own limits. */
class OutboundFlowTest {

    private static final RecordingHandler APPLICATION = new RecordingHandler();
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer(APPLICATION);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void clear() {
        server.closeClients();
        APPLICATION.forget();
    }

    /** [MQTT-3.3.4-9] */
    @Test
    void theClientsReceiveMaximumIsObeyed() {
        RawClient client = server.client().connected(connect5("21 0002"));
        MqttChannel channel = Eventually.next(APPLICATION.channels);

        assertThat(sendAll(channel, 1, 3)).containsExactly(SendResult.SENT, SendResult.SENT, SendResult.NO_ROOM);

        assertThat(room(channel)).isZero();
        client.expect(message(1), message(2));
        client.send(puback(1));
        Eventually.next(APPLICATION.acked);
        assertThat(room(channel)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void theServersWindowIsObeyed(MqttVersion version) {
        server.client().connected(version);
        MqttChannel channel = Eventually.next(APPLICATION.channels);
        assertThat(room(channel)).isEqualTo(100);

        List<SendResult> results = sendAll(channel, 1, 101);

        assertThat(results.subList(0, 100)).containsOnly(SendResult.SENT);
        assertThat(results.get(100)).isEqualTo(SendResult.NO_ROOM);
    }

    @Test
    void theWindowDoesNotHoldBackQos0() {
        RawClient client = server.client().connected(connect5("21 0001"));
        MqttChannel channel = Eventually.next(APPLICATION.channels);
        sendAll(channel, 1, 2);

        TestServer.on(channel.loop(), () -> channel.send(numbered(3)));

        client.expect(message(1), publish(MqttVersion.V5, "a", "message 3"));
    }

    /** [MQTT-4.6.0-5]: what finds no room is sent before what comes later. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void whatFindsNoRoomKeepsItsPlace(int receiveMaximum) {
        RawClient client = server.client().connected(connect5("21" + hex(receiveMaximum, 2)));
        client.send(subscribe(MqttVersion.V5, 1, "a"));
        client.expect("90 04 00 01 00 01");
        StringBuilder sent = new StringBuilder();
        StringBuilder acknowledgements = new StringBuilder();
        for (int i = 1; i <= 90; i++) {
            sent.append(publish1(MqttVersion.V5, i, "a", "message " + i));
            acknowledgements.append(puback(i));
        }

        client.send(sent.toString());

        StringBuilder received = new StringBuilder();
        List<String> messages = new ArrayList<>();
        while (messages.size() < 90) {
            String packet = client.readPacket();
            if (packet.startsWith("40")) {
                received.append(packet);
            } else {
                messages.add(packet);
                client.send(puback(messages.size()));
            }
        }
        assertThat(received).hasToString(acknowledgements.toString());
        for (int i = 1; i <= 90; i++) {
            assertThat(messages.get(i - 1)).isEqualTo(message(i));
        }
    }

    @Test
    void afterARefusedSendTheApplicationIsToldOfRoom() {
        RawClient client = server.client().connected(connect5("21 0001"));
        MqttChannel channel = Eventually.next(APPLICATION.channels);
        TestServer.on(channel.loop(), () -> {
            EchoHandler.Client state = (EchoHandler.Client) channel.state();
            state.waiting.add(numbered(2));
            state.waiting.add(numbered(3));
            return true;
        });
        sendAll(channel, 1, 2);
        client.expect(message(1));

        client.send(puback(1));
        client.expect(message(2));
        client.send(puback(2));
        client.expect(message(3));
    }

    @ParameterizedTest
    @EnumSource
    void acknowledgementsMayComeInAnyOrder(MqttVersion version) {
        RawClient client = server.client().connected(version);
        MqttChannel channel = Eventually.next(APPLICATION.channels);
        sendAll(channel, 1, 3);

        client.send(puback(2), puback(3), puback(1));

        assertThat(List.of(Eventually.next(APPLICATION.acked), Eventually.next(APPLICATION.acked),
                Eventually.next(APPLICATION.acked))).extracting(acked -> acked.delivery().packetId())
                .containsExactly(2, 3, 1);
    }

    @ParameterizedTest
    @EnumSource
    void anAcknowledgementOfWhatIsNotOpenIsIgnored(MqttVersion version) {
        RawClient client = server.client().connected(version);
        MqttChannel channel = Eventually.next(APPLICATION.channels);

        client.send(puback(1));
        client.expectSilence();
        sendAll(channel, 1, 1);
        client.send(puback(7), puback(1), puback(1));
        client.readPacket();

        client.expectSilence();
        assertThat(APPLICATION.acked).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"40 02 00 01,SUCCESS", "40 03 00 01 00,SUCCESS", "40 03 00 01 10,NO_MATCHING_SUBSCRIBERS",
            "40 04 00 01 00 00,SUCCESS", "40 03 00 01 97,QUOTA_EXCEEDED",
            "40 12 00 01 97 0E 1F 0002 6E6F 26 0001 6B 0003 766172,QUOTA_EXCEEDED"})
    void a5AcknowledgementMayHaveAReason(String puback, ReasonCode reason) {
        RawClient client = server.client().connected(MqttVersion.V5);
        MqttChannel channel = Eventually.next(APPLICATION.channels);
        sendAll(channel, 1, 1);

        client.send(puback);

        Acked acked = Eventually.next(APPLICATION.acked);
        assertThat(acked.reason()).isEqualTo(reason);
        client.expect(message(1));
        client.expectSilence();
    }

    @ParameterizedTest
    @CsvSource({"40 00,81", "40 01 00,81", "40 06 00 01 00 02 1F 00,81", "40 05 00 01 00 00 00,81",
            "40 06 00 01 00 02 01 00,81", "40 05 00 01 00 01 7F,81"})
    void aWrongAcknowledgementEndsTheChannel(String puback, String reason) {
        RawClient client = server.client().connected(MqttVersion.V5);

        client.send(puback);

        client.expectEnd(MqttVersion.V5, Integer.parseInt(reason, 16));
    }

    @ParameterizedTest
    @EnumSource(names = {"V3_1", "V3_1_1"})
    void a3xAcknowledgementHasNoReason(MqttVersion version) {
        RawClient client = server.client().connected(version);

        client.send("40 03 00 01 00");

        client.expectClose();
    }

    /** [MQTT-3.1.2-24], [MQTT-3.1.2-25] */
    @Test
    void theClientsMaximumPacketSizeIsObeyed() {
        RawClient client = server.client().connected(connect5("27 00000064"));
        MqttChannel channel = Eventually.next(APPLICATION.channels);
        Message atQos0 = Message.of(TopicName.of("a"), QoS.AT_MOST_ONCE, Payload.of(new byte[94]));
        Message atQos1 = Message.of(TopicName.of("a"), QoS.AT_LEAST_ONCE, Payload.of(new byte[92]));
        Message more = Message.of(TopicName.of("a"), QoS.AT_LEAST_ONCE, Payload.of(new byte[95]));

        List<SendResult> results = TestServer.on(channel.loop(), () -> List.of(channel.send(atQos0), channel.send(more),
                channel.send(atQos1, new Delivery()), channel.send(more, new Delivery())));

        assertThat(results).containsExactly(SendResult.SENT, SendResult.TOO_LARGE, SendResult.SENT, SendResult.TOO_LARGE);
        assertThat(client.readPacket()).hasSize(200);
        assertThat(client.readPacket()).hasSize(200);
        client.expectSilence();
        assertThat(room(channel)).isEqualTo(99);
    }

    @ParameterizedTest
    @EnumSource
    void aLostConnectionHandsBackWhatIsOpenInTheOrderItWasSent(MqttVersion version) {
        RawClient client = server.client().connected(version);
        MqttChannel channel = Eventually.next(APPLICATION.channels);
        sendAll(channel, 1, 5);
        client.send(puback(2), puback(4));
        Eventually.next(APPLICATION.acked);
        Eventually.next(APPLICATION.acked);

        client.close();

        assertThat(Eventually.next(APPLICATION.closed).unacked()).extracting(Delivery::packetId).containsExactly(1, 3, 5);
    }

    /** [MQTT-4.4.0-1] */
    @ParameterizedTest
    @EnumSource
    void aRepetitionOverAnotherConnectionKeepsItsIdentifierAndIsMarked(MqttVersion version) {
        RawClient client = server.client().connected(version);
        MqttChannel channel = Eventually.next(APPLICATION.channels);
        sendAll(channel, 1, 3);
        client.send(puback(1));
        Eventually.next(APPLICATION.acked);
        client.close();
        List<Delivery> unacked = Eventually.next(APPLICATION.closed).unacked();
        RawClient again = server.client().connected(connect(version));
        MqttChannel newChannel = Eventually.next(APPLICATION.channels);

        TestServer.on(newChannel.loop(), () -> {
            newChannel.send(numbered(2), unacked.get(0));
            newChannel.send(numbered(3), unacked.get(1));
            return newChannel.send(numbered(4), new Delivery());
        });

        String v5 = version == MqttVersion.V5 ? "00" : "";
        again.expect(packet(0x3A, string("a") + "0002" + v5 + text("message 2")),
                packet(0x3A, string("a") + "0003" + v5 + text("message 3")), publish1(version, 1, "a", "message 4"));
        again.send(puback(3), puback(2));
        assertThat(Eventually.next(APPLICATION.acked).delivery()).isSameAs(unacked.get(1));
        assertThat(Eventually.next(APPLICATION.acked).delivery()).isSameAs(unacked.get(0));
    }

    @ParameterizedTest
    @EnumSource
    void whatAnEarlierProcessMayHaveSentIsMarkedAndGetsAnIdentifier(MqttVersion version) {
        RawClient client = server.client().connected(version);
        MqttChannel channel = Eventually.next(APPLICATION.channels);
        Delivery found = new Delivery();
        found.markSent();

        TestServer.on(channel.loop(), () -> channel.send(numbered(1), found));

        String v5 = version == MqttVersion.V5 ? "00" : "";
        client.expect(packet(0x3A, string("a") + "0001" + v5 + text("message 1")));
    }

    /** So that a connection that takes over can go on at once, before the close of the other is handed over. */
    @ParameterizedTest
    @EnumSource
    void aClosedChannelStillTellsWhatWasNotAcknowledged(MqttVersion version) {
        server.client().connected(version);
        MqttChannel channel = Eventually.next(APPLICATION.channels);
        sendAll(channel, 1, 2);

        List<Delivery> open = TestServer.on(channel.loop(), () -> {
            channel.close(ReasonCode.SESSION_TAKEN_OVER, "");
            return channel.unacknowledged();
        });

        assertThat(open).extracting(Delivery::packetId).containsExactly(1, 2);
        assertThat(Eventually.next(APPLICATION.closed).unacked()).isEqualTo(open);
    }

    private static List<SendResult> sendAll(MqttChannel channel, int first, int count) {
        return TestServer.on(channel.loop(), () -> {
            List<SendResult> results = new ArrayList<>();
            for (int i = first; i < first + count; i++) {
                results.add(channel.send(numbered(i), new Delivery()));
            }
            return results;
        });
    }

    private static int room(MqttChannel channel) {
        return TestServer.on(channel.loop(), channel::room);
    }

    private static Message numbered(int number) {
        return Message.of(TopicName.of("a"), QoS.AT_LEAST_ONCE, Payload.utf8("message " + number));
    }

    private static String message(int number) {
        return publish1(MqttVersion.V5, number, "a", "message " + number);
    }
}
