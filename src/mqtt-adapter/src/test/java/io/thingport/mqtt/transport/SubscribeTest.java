package io.thingport.mqtt.transport;

import static io.thingport.mqtt.testing.Packets.packet;
import static io.thingport.mqtt.testing.Packets.properties;
import static io.thingport.mqtt.testing.Packets.string;
import static io.thingport.mqtt.testing.Packets.subscribe;
import static io.thingport.mqtt.testing.Packets.unsubscribe;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.MqttChannel;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.Reply;
import io.thingport.mqtt.Subscription;
import io.thingport.mqtt.TopicFilter;
import io.thingport.mqtt.testing.Eventually;
import io.thingport.mqtt.testing.RawClient;
import io.thingport.mqtt.testing.RecordingHandler;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SUBSCRIBE, SUBACK, UNSUBSCRIBE and UNSUBACK [MQTT 5, 3.8 to 3.11]. */
class SubscribeTest {

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
        APPLICATION.subscribed.clear();
        APPLICATION.held.clear();
    }

    @ParameterizedTest
    @EnumSource(names = {"V3_1", "V3_1_1"})
    void subackOf3xHasACodeForEachFilter(MqttVersion version) {
        RawClient client = server.client().connected(version);

        client.send(subscribe(version, 0x1234, "a", "b/#", "c#"));

        client.expect("90 05 12 34 01 01 80");
    }

    @Test
    void subackOf5HasPropertiesAndAReasonForEachFilter() {
        RawClient client = server.client().connected(MqttVersion.V5);

        client.send(subscribe(MqttVersion.V5, 0x1234, "a", "b/#", "c#"));

        client.expect("90 06 12 34 00 01 01 8F");
    }

    @ParameterizedTest
    @EnumSource(names = {"V3_1", "V3_1_1"})
    void unsubackOf3xHasNoCode(MqttVersion version) {
        RawClient client = server.client().connected(version);

        client.send(unsubscribe(version, 0x1234, "a", "b"));

        client.expect("B0 02 12 34");
    }

    @Test
    void unsubackOf5HasAReasonForEachFilter() {
        RawClient client = server.client().connected(MqttVersion.V5);
        client.send(subscribe(MqttVersion.V5, 1, "a"));
        client.expect("90 04 00 01 00 01");

        client.send(unsubscribe(MqttVersion.V5, 0x1234, "a", "b"));

        client.expect("B0 05 12 34 00 00 11");
    }

    /** [MQTT-3.2.2-9]: although Maximum QoS is 1. */
    @ParameterizedTest
    @EnumSource
    void everyQoSMayBeAskedFor(MqttVersion version) {
        RawClient client = server.client().connected(version);
        String v5 = version == MqttVersion.V5 ? "00" : "";

        client.send(packet(0x82, "0001" + v5 + string("a") + "00" + string("b") + "01" + string("c") + "02"));

        client.expect(version == MqttVersion.V5 ? "90 06 00 01 00 01 01 01" : "90 05 00 01 01 01 01");
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerMayComeLaterAndInAnyOrder(MqttVersion version) {
        RawClient client = server.client().connected(version);
        MqttChannel channel = Eventually.next(APPLICATION.channels);
        client.send(subscribe(version, 1, "held"), subscribe(version, 2, "held"));
        Reply first = Eventually.next(APPLICATION.held);
        Reply second = Eventually.next(APPLICATION.held);
        client.expectSilence();

        TestServer.on(channel.loop(), () -> {
            second.send(List.of(ReasonCode.GRANTED_QOS_1));
            first.send(List.of(ReasonCode.NOT_AUTHORIZED));
            return true;
        });

        client.expect(version == MqttVersion.V5 ? "90 04 00 02 00 01 90 04 00 01 00 87" : "90 03 00 02 01 90 03 00 01 80");
    }

    @Test
    void anAnswerToAClosedChannelGoesNowhere() {
        RawClient client = server.client().connected(MqttVersion.V5);
        MqttChannel channel = Eventually.next(APPLICATION.channels);
        client.send(subscribe(MqttVersion.V5, 1, "held"));
        Reply reply = Eventually.next(APPLICATION.held);
        client.close();
        Eventually.next(APPLICATION.closed);

        assertThat(TestServer.on(channel.loop(), () -> {
            reply.send(List.of(ReasonCode.GRANTED_QOS_1));
            return channel.open();
        })).isFalse();
    }

    @Test
    void theApplicationSeesTheFiltersInTheirOrder() {
        RawClient client = server.client().connected(MqttVersion.V5);

        client.send(packet(0x82, "0001 00" + string("a") + "01" + string("b") + "05" + string("") + "2A"));

        assertThat(Eventually.next(APPLICATION.subscribed)).containsExactly(
                new Subscription(new TopicFilter("a"), false), new Subscription(new TopicFilter("b"), true),
                new Subscription(new TopicFilter(""), false));
    }

    /** [MQTT-3.8.3-2], [MQTT-3.10.3-2] */
    @ParameterizedTest
    @EnumSource
    void thereHasToBeAFilter(MqttVersion version) {
        for (int firstByte : new int[] {0x82, 0xA2}) {
            RawClient client = server.client().connected(version);

            client.send(packet(firstByte, "0001" + (version == MqttVersion.V5 ? "00" : "")));

            client.expectEnd(version, 0x82);
        }
    }

    /** [MQTT-2.2.1-3] */
    @ParameterizedTest
    @EnumSource
    void thereHasToBeAPacketIdentifier(MqttVersion version) {
        for (String packet : new String[] {subscribe(version, 0, "a"), unsubscribe(version, 0, "a")}) {
            RawClient client = server.client().connected(version);

            client.send(packet);

            client.expectEnd(version, 0x82);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"03", "04", "08", "10", "40", "80"})
    void otherOptionsAreMalformedIn3x(String options) {
        RawClient client = server.client().connected(MqttVersion.V3_1_1);

        client.send(packet(0x82, "0001" + string("a") + options));

        client.expectClose();
    }

    /** [MQTT-3.8.3-4], [MQTT-3.8.3-5] */
    @ParameterizedTest
    @CsvSource({"03,81", "30,82", "40,81", "80,81"})
    void wrongOptionsEndA5Channel(String options, String reason) {
        RawClient client = server.client().connected(MqttVersion.V5);

        client.send(packet(0x82, "0001 00" + string("a") + options));

        client.expectEnd(MqttVersion.V5, Integer.parseInt(reason, 16));
    }

    @Test
    void aSharedSubscriptionWithNoLocalIsAProtocolError() {
        RawClient client = server.client().connected(MqttVersion.V5);

        client.send(packet(0x82, "0001 00" + string("$share/g/a") + "05"));

        client.expectEnd(MqttVersion.V5, 0x82);
    }

    /** CONNACK has said that there are none. */
    @Test
    void aSubscriptionIdentifierEndsTheChannel() {
        RawClient client = server.client().connected(MqttVersion.V5);

        client.send(packet(0x82, "0001" + properties("0B 01") + string("a") + "01"));

        client.expectEnd(MqttVersion.V5, 0xA1);
    }

    @Test
    void userPropertiesAreReadOver() {
        RawClient client = server.client().connected(MqttVersion.V5);
        String userProperty = "26" + string("k") + string("v");

        client.send(packet(0x82, "0001" + properties(userProperty, userProperty) + string("a") + "01"),
                packet(0xA2, "0002" + properties(userProperty) + string("a")));

        client.expect("90 04 00 01 00 01", "B0 04 00 02 00 00");
    }

    @ParameterizedTest
    @CsvSource({"162,0B 01", "130,1F 0001 61", "162,23 0001", "130,7F"})
    void otherPropertiesAreRefused(int firstByte, String property) {
        RawClient client = server.client().connected(MqttVersion.V5);

        client.send(packet(firstByte, "0001" + properties(property) + string("a") + (firstByte == 0x82 ? "01" : "")));

        client.expectEnd(MqttVersion.V5, 0x81);
    }

    /** Answers but to "held". */
    private static final class Application extends RecordingHandler {

        private final BlockingQueue<List<Subscription>> subscribed = new LinkedBlockingQueue<>();
        private final BlockingQueue<Reply> held = new LinkedBlockingQueue<>();

        @Override
        public void subscribe(MqttChannel channel, List<Subscription> subscriptions, Reply suback) {
            subscribed.add(subscriptions);
            if (subscriptions.get(0).filter().text().equals("held")) {
                held.add(suback);
            } else {
                super.subscribe(channel, subscriptions, suback);
            }
        }
    }
}
