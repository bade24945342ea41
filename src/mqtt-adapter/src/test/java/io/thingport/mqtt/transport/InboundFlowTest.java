package io.thingport.mqtt.transport;

import static io.thingport.mqtt.testing.Packets.PINGREQ;
import static io.thingport.mqtt.testing.Packets.packet;
import static io.thingport.mqtt.testing.Packets.puback;
import static io.thingport.mqtt.testing.Packets.publish;
import static io.thingport.mqtt.testing.Packets.publish1;
import static io.thingport.mqtt.testing.Packets.string;
import static io.thingport.mqtt.testing.Packets.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.MqttChannel;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.Publish;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.Route;
import io.thingport.mqtt.testing.Eventually;
import io.thingport.mqtt.testing.RawClient;
import io.thingport.mqtt.testing.RecordingHandler;
import io.thingport.mqtt.testing.RecordingHandler.Published;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Acknowledgement and flow control of what clients publish at QoS 1 [MQTT 5, 4.6 and 4.9]. */
class InboundFlowTest {

    private static final int RECEIVE_MAXIMUM = 100;
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

    @BeforeEach
    void clear() {
        server.closeClients();
        APPLICATION.forget();
    }

    /** [MQTT-4.6.0-2] */
    @ParameterizedTest
    @EnumSource
    void acknowledgementsLeaveInTheOrderOfArrival(MqttVersion version) {
        RawClient client = server.client().connected(version);
        List<Published> open = publishAll(client, version, 1, 50);
        Collections.shuffle(open, new Random(1));

        for (Published published : open) {
            ack(published, ReasonCode.SUCCESS);
        }

        for (int id = 1; id <= 50; id++) {
            client.expect(puback(id));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOpenOneHoldsBackThoseBehindItAndNothingElse(MqttVersion version) {
        RawClient client = server.client().connected(version);
        List<Published> open = publishAll(client, version, 1, 3);
        ack(open.get(1), ReasonCode.SUCCESS);

        client.expectSilence();

        ack(open.get(0), ReasonCode.SUCCESS);
        client.expect(puback(1), puback(2));
        ack(open.get(2), ReasonCode.SUCCESS);
        client.expect(puback(3));
    }

    /** What is dropped may be sent again with the same identifier, and is a new publish then. */
    @ParameterizedTest
    @EnumSource
    void whatIsDroppedIsNotAcknowledgedAndMayComeAgain(MqttVersion version) {
        RawClient client = server.client().connected(version);
        List<Published> open = publishAll(client, version, 1, 2);
        ack(open.get(1), ReasonCode.SUCCESS);
        MqttChannel channel = open.get(0).channel();

        TestServer.on(channel.loop(), () -> {
            channel.drop(open.get(0).token());
            return true;
        });

        client.expect(puback(2));
        List<Published> again = publishAll(client, version, 1, 1);
        ack(again.get(0), ReasonCode.SUCCESS);
        client.expect(puback(1));
    }

    @Test
    void a5ClientLearnsTheReason() {
        RawClient client = server.client().connected(MqttVersion.V5);
        List<Published> open = publishAll(client, MqttVersion.V5, 1, 2);

        ack(open.get(0), ReasonCode.NOT_AUTHORIZED);
        ack(open.get(1), ReasonCode.QUOTA_EXCEEDED);

        client.expect("40 03 00 01 87", "40 03 00 02 97");
    }

    @ParameterizedTest
    @EnumSource(names = {"V3_1", "V3_1_1"})
    void a3xClientLearnsNoReason(MqttVersion version) {
        RawClient client = server.client().connected(version);
        List<Published> open = publishAll(client, version, 1, 1);

        ack(open.get(0), ReasonCode.NOT_AUTHORIZED);

        client.expect("40 02 00 01");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsStillOpenIsHandedOverOnceAndAcknowledgedOnce(MqttVersion version) {
        RawClient client = server.client().connected(version);
        List<Published> open = publishAll(client, version, 1, 1);
        long before = server.transport.counters().publishesIn1();

        String v5 = version == MqttVersion.V5 ? "00" : "";
        client.send(publish1(version, 1, "b", "1"), packet(0x3A, string("b") + "0001" + v5 + text("1")));
        client.expectSilence();
        ack(open.get(0), ReasonCode.SUCCESS);

        client.expect(puback(1));
        client.expectSilence();
        assertThat(APPLICATION.published).isEmpty();
        assertThat(server.transport.counters().publishesIn1()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void anAcknowledgedIdentifierIsANewMessage(MqttVersion version) {
        RawClient client = server.client().connected(version);
        ack(publishAll(client, version, 1, 1).get(0), ReasonCode.SUCCESS);
        client.expect(puback(1));

        ack(publishAll(client, version, 1, 1).get(0), ReasonCode.SUCCESS);

        client.expect(puback(1));
    }

    @ParameterizedTest
    @EnumSource
    void aSecondAcknowledgementDoesNothing(MqttVersion version) {
        RawClient client = server.client().connected(version);
        List<Published> open = publishAll(client, version, 1, 2);
        ack(open.get(0), ReasonCode.SUCCESS);
        client.expect(puback(1));

        ack(open.get(0), ReasonCode.SUCCESS);
        client.expectSilence();

        ack(open.get(1), ReasonCode.SUCCESS);
        client.expect(puback(2));
    }

    @ParameterizedTest
    @EnumSource
    void qos0HasNothingToAcknowledge(MqttVersion version) {
        RawClient client = server.client().connected(version);
        client.send(publish(version, "b", "0"));
        Published qos0 = Eventually.next(APPLICATION.published);
        ack(qos0, ReasonCode.SUCCESS);
        client.expectSilence();
        List<Published> open = publishAll(client, version, 1, 1);

        ack(qos0, ReasonCode.SUCCESS);
        client.expectSilence();

        ack(open.get(0), ReasonCode.SUCCESS);
        client.expect(puback(1));
    }

    @Test
    void a5ClientThatExceedsReceiveMaximumIsClosed() {
        RawClient client = server.client().connected(MqttVersion.V5);
        publishAll(client, MqttVersion.V5, 1, RECEIVE_MAXIMUM);
        client.expectSilence();

        client.send(publish1(MqttVersion.V5, RECEIVE_MAXIMUM + 1, "b", "too much"));

        client.expectEnd(MqttVersion.V5, 0x93);
    }

    @ParameterizedTest
    @EnumSource(names = {"V3_1", "V3_1_1"})
    void whatA3xClientPublishesBeyondTheWindowIsNeitherTakenNorAcknowledged(MqttVersion version) {
        RawClient client = server.client().connected(version);
        List<Published> open = publishAll(client, version, 1, RECEIVE_MAXIMUM);
        long before = server.transport.counters().droppedOverWindow();

        client.send(publish1(version, RECEIVE_MAXIMUM + 1, "b", "too much"), PINGREQ);

        client.expect("D000");
        assertThat(APPLICATION.published).isEmpty();
        assertThat(server.transport.counters().droppedOverWindow()).isEqualTo(before + 1);
        ack(open.get(0), ReasonCode.SUCCESS);
        client.expect(puback(1));
        ack(publishAll(client, version, RECEIVE_MAXIMUM + 1, 1).get(0), ReasonCode.SUCCESS);
        client.expectSilence(); // it is behind those still open
    }

    @Test
    void anAcknowledgementOfAClosedChannelGoesNowhere() {
        RawClient client = server.client().connected(MqttVersion.V5);
        Published open = publishAll(client, MqttVersion.V5, 1, 1).get(0);
        APPLICATION.closed.clear();
        client.close();
        Eventually.next(APPLICATION.closed);

        ack(open, ReasonCode.SUCCESS);
    }

    private static List<Published> publishAll(RawClient client, MqttVersion version, int firstId, int count) {
        List<Published> open = new ArrayList<>();
        for (int id = firstId; id < firstId + count; id++) {
            client.send(publish1(version, id, "b", "message " + id));
        }
        for (int i = 0; i < count; i++) {
            open.add(Eventually.next(APPLICATION.published));
        }
        return open;
    }

    private static void ack(Published published, ReasonCode reason) {
        MqttChannel channel = published.channel();
        TestServer.on(channel.loop(), () -> {
            channel.ack(published.token(), reason);
            return true;
        });
    }

    /** Leaves the acknowledging to the test. */
    private static final class Application extends RecordingHandler {

        @Override
        public void publish(MqttChannel channel, Route route, Publish publish, long token) {
            published.add(new Published(channel, publish.keep(), publish.dup(), publish.retain(), token));
        }
    }
}
