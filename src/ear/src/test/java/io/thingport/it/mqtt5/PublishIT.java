package io.thingport.it.mqtt5;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * PUBLISH [MQTT 5, 3.3] in both directions; devices hear themselves.
 *
 * <p>[MQTT-3.3.1-1], [MQTT-3.3.1-2], [MQTT-3.3.1-3], [MQTT-3.3.1-4], [MQTT-3.3.1-8], [MQTT-3.3.1-12], [MQTT-3.3.2-1],
 * [MQTT-3.3.2-2], [MQTT-3.3.2-3], [MQTT-3.3.2-4], [MQTT-3.3.2-5], [MQTT-3.3.2-6], [MQTT-3.3.2-7], [MQTT-3.3.2-8],
 * [MQTT-3.3.2-9], [MQTT-3.3.2-11], [MQTT-3.3.2-12], [MQTT-3.3.2-13], [MQTT-3.3.2-14], [MQTT-3.3.2-15],
 * [MQTT-3.3.2-16], [MQTT-3.3.2-17], [MQTT-3.3.2-18], [MQTT-3.3.2-19], [MQTT-3.3.2-20], [MQTT-3.3.4-1],
 * [MQTT-3.3.4-2], [MQTT-3.3.4-6].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class PublishIT {

    /** [MQTT-3.3.1-1], [MQTT-3.3.1-3]: the server's own repetition has DUP, what it received with DUP has not. */
    @Test
    void hasDupWhenItIsRepeatedAndOnlyThen(ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        try (Wire wire = Wire.kept(server, device).subscribed(topic)) {
            wire.send(Bytes.publish(0x3A, topic, 1, "x"));
            assertThat(wire.next(Packet.PUBLISH).dup()).isFalse();
        }
        try (Wire wire = Wire.kept(server, device)) {
            assertThat(wire.next(Packet.PUBLISH).dup()).isTrue();
        }
    }

    /** [MQTT-3.3.1-2] */
    @Test
    void hasNoDupAtQos0(ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        try (Wire wire = Wire.clean(server, device).subscribed(topic)) {
            assertThat(wire.send(Bytes.publish0(topic, "x")).next(Packet.PUBLISH).dup()).isFalse();
            assertThat(wire.send(Bytes.publish(0x38, topic, 0, "x")).disconnected()).isEqualTo(0x81);
        }
    }

    /** [MQTT-3.3.1-4] */
    @Test
    void hasNotBothQosBits(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.clean(server, device)) {
            wire.send(Bytes.publish(0x36, device.topic("user/update"), 1, "x"));
            assertThat(wire.disconnected()).isEqualTo(0x81);
        }
    }

    /** [MQTT-3.3.1-8]: who subscribes later hears only what comes later. */
    @Test
    void withoutRetainIsNotKeptForLaterSubscribers(ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        try (Wire wire = Wire.clean(server, device)) {
            wire.send(Bytes.publish0(topic, "earlier")).subscribed(topic).send(Bytes.publish0(topic, "later"));
            assertThat(wire.next(Packet.PUBLISH).payload()).isEqualTo("later");
        }
    }

    /** [MQTT-3.3.1-12] */
    @Test
    void arrivesWithoutRetain(ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        try (Wire wire = Wire.clean(server, device).subscribed(topic)) {
            assertThat(wire.send(Bytes.publish0(topic, "x")).next(Packet.PUBLISH).retain()).isFalse();
        }
    }

    /** [MQTT-3.3.2-1] */
    @Test
    void beginsWithATopicInUtf8(ThingportServer server, Fleet fleet) throws Exception {
        closes(server, fleet, 0x90, Bytes.packet(0x30, Bytes.two(3), Bytes.SURROGATE, 0));
        closes(server, fleet, 0x81, Bytes.packet(0x30));
        closes(server, fleet, 0x81, Bytes.packet(0x30, 0, 9, 0x2F));
    }

    /** [MQTT-3.3.2-2] */
    @ParameterizedTest
    @ValueSource(strings = {"/a/#", "/a/+", "+", "#", "/a#"})
    void hasNoWildcards(String topic, ThingportServer server, Fleet fleet) throws Exception {
        closes(server, fleet, 0x90, Bytes.publish0(topic, "x"));
    }

    /** [MQTT-3.3.2-3] */
    @Test
    void hasATopicThatTheFilterMatches(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device(Map.of("user/in/#", "SUB", "user/in/a", "PUB", "user/in/a/b", "PUB"));
        try (Wire wire = Wire.clean(server, device).subscribed(device.topic("user/in/+"))) {
            wire.send(Bytes.publish0(device.topic("user/in/a/b"), "x"), Bytes.publish0(device.topic("user/in/a"), "y"));
            assertThat(wire.next(Packet.PUBLISH).topic()).isEqualTo(device.topic("user/in/a"));
        }
    }

    /**
     * [MQTT-3.3.2-4], [MQTT-3.3.2-15], [MQTT-3.3.2-16], [MQTT-3.3.2-17], [MQTT-3.3.2-18], [MQTT-3.3.2-20]: what concerns
     * the receiver reaches it unaltered and in order, at either QoS, live and after having waited.
     */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void keepsItsProperties(int qos, ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        List<String> expected = List.of("PAYLOAD_FORMAT_INDICATOR=1", "CONTENT_TYPE=text/plain",
                "RESPONSE_TOPIC=/not/mine", "CORRELATION_DATA=00ff", "USER_PROPERTY=b:2", "USER_PROPERTY=a:1",
                "USER_PROPERTY=b:2", "USER_PROPERTY=:");
        byte[][] properties = {Property.user("b", "2"), Property.PAYLOAD_FORMAT_INDICATOR.of(1),
                Property.CONTENT_TYPE.of("text/plain"), Property.user("a", "1"), Property.RESPONSE_TOPIC.of("/not/mine"),
                Property.user("b", "2"), Property.CORRELATION_DATA.of(Bytes.of(0x00, 0xFF)), Property.user("", "")};
        try (Wire wire = Wire.kept(server, device).subscribed(topic)) {
            wire.send(Bytes.publish(0x30 | qos << 1, topic, qos, "x", properties));
            assertThat(wire.next(Packet.PUBLISH).properties()).isEqualTo(expected);
        }
        try (Wire wire = Wire.kept(server, device)) {
            if (qos == 1) {
                assertThat(wire.next(Packet.PUBLISH).properties()).isEqualTo(expected);
            }
            wire.hasNothingElse();
        }
    }

    /** [MQTT-3.3.2-5]: it waits for the window, which the message before it fills. */
    @Test
    void thatExpiresWhileItWaitsIsNotSent(ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        try (Wire wire = Wire.clean(server, device, Property.RECEIVE_MAXIMUM.of(1)).subscribed(topic)) {
            wire.send(Bytes.publish1(topic, 1, "first"));
            int packetId = wire.next(Packet.PUBLISH).packetId();
            wire.next(Packet.PUBACK);
            wire.send(Bytes.publish1(topic, 2, "expires", Property.MESSAGE_EXPIRY_INTERVAL.of(0))).next(Packet.PUBACK);
            wire.send(Bytes.publish1(topic, 3, "stays")).next(Packet.PUBACK);
            assertThat(wire.send(Bytes.puback(packetId)).next(Packet.PUBLISH).payload()).isEqualTo("stays");
        }
    }

    /** [MQTT-3.3.2-6]: never more than it was. */
    @Test
    void toldItsExpiryIsReducedByTheTimeItWaited(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        Wire.kept(server, device).subscribed(device.topic("user/get")).leave();
        Pub.send(server.rest(), device, Pub.message("waits").add("messageExpiry", 600));
        try (Wire wire = Wire.kept(server, device)) {
            List<String> properties = wire.next(Packet.PUBLISH).properties();
            assertThat(properties).hasSize(1);
            String[] expiry = properties.get(0).split("=");
            assertThat(expiry[0]).isEqualTo(Property.MESSAGE_EXPIRY_INTERVAL.name());
            assertThat(Integer.parseInt(expiry[1])).isBetween(1, 600);
        }
    }

    /** [MQTT-3.3.2-7] */
    @Test
    void doesNotKnowAnAliasOfAnEarlierConnection(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.kept(server, device)) {
            wire.send(Bytes.publish1(device.topic("user/update"), 1, "x", Property.TOPIC_ALIAS.of(1)));
            assertThat(wire.next(Packet.PUBACK).reason()).isZero();
        }
        try (Wire wire = Wire.kept(server, device)) {
            wire.send(Bytes.publish1("", 1, "x", Property.TOPIC_ALIAS.of(1)));
            assertThat(wire.disconnected()).isEqualTo(0x82);
        }
    }

    /** [MQTT-3.3.2-8], [MQTT-3.3.2-9] */
    @ParameterizedTest
    @ValueSource(ints = {0, 21, 65_535})
    void hasNoAliasBeyondTheMaximum(int alias, ThingportServer server, Fleet fleet) throws Exception {
        closes(server, fleet, 0x94, Bytes.publish0("/a", "x", Property.TOPIC_ALIAS.of(alias)));
    }

    /** [MQTT-3.3.2-11]; more on the server's own aliases in {@link TopicAliasIT}. */
    @Test
    void reachesAClientWithoutAliasesByItsTopic(ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        try (Wire wire = Wire.clean(server, device).subscribed(topic)) {
            for (int i = 0; i < 4; i++) {
                Packet publish = wire.send(Bytes.publish0(topic, "x")).next(Packet.PUBLISH);
                assertThat(publish.topic()).isEqualTo(topic);
                assertThat(publish.properties()).isEmpty();
            }
        }
    }

    /** [MQTT-3.3.2-12] */
    @Test
    void mayHaveEachAliasUpToTheMaximum(ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        try (Wire wire = Wire.clean(server, device).subscribed(topic)) {
            for (int alias = 1; alias <= 20; alias++) {
                wire.send(Bytes.publish0(topic, "set", Property.TOPIC_ALIAS.of(alias)),
                        Bytes.publish0("", "used", Property.TOPIC_ALIAS.of(alias)));
                assertThat(wire.next(Packet.PUBLISH).payload()).isEqualTo("set");
                assertThat(wire.next(Packet.PUBLISH).topic()).isEqualTo(topic);
            }
        }
    }

    /** [MQTT-3.3.2-13], [MQTT-3.3.2-19] */
    @Test
    void hasTextsInUtf8(ThingportServer server, Fleet fleet) throws Exception {
        closes(server, fleet, 0x82, Bytes.publish0("/a", "x", Property.RESPONSE_TOPIC.of(Bytes.SURROGATE)));
        closes(server, fleet, 0x81, Bytes.publish0("/a", "x", Property.CONTENT_TYPE.of(Bytes.SURROGATE)));
    }

    /** [MQTT-3.3.2-14] */
    @ParameterizedTest
    @ValueSource(strings = {"/a/#", "/a/+", ""})
    void hasAResponseTopicWithoutWildcards(String topic, ThingportServer server, Fleet fleet) throws Exception {
        closes(server, fleet, 0x82, Bytes.publish0("/a", "x", Property.RESPONSE_TOPIC.of(topic)));
    }

    /** [MQTT-3.3.4-1] */
    @Test
    void isAnsweredByItsQos(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.clean(server, device)) {
            wire.send(Bytes.publish0(device.topic("user/update"), "x")).hasNothingElse();
            wire.send(Bytes.publish1(device.topic("user/update"), 7, "x"));
            assertThat(wire.next()).hasToString("40 02 00 07");
        }
    }

    /** [MQTT-3.3.4-2]; it comes once. */
    @Test
    void toOverlappingSubscriptionsHasTheHighestQos(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device(Map.of("user/in/#", "SUB", "user/in/a", "ALL"));
        try (Wire wire = Wire.clean(server, device)) {
            wire.send(Bytes.subscribe(1, device.topic("user/in/a"), 0, device.topic("user/in/+"), 1,
                    device.topic("user/in/#"), 0)).next(Packet.SUBACK);
            wire.send(Bytes.publish1(device.topic("user/in/a"), 1, "x"));
            assertThat(wire.next(Packet.PUBLISH).qos()).isEqualTo(1);
            wire.next(Packet.PUBACK);
            wire.hasNothingElse();
        }
    }

    /** [MQTT-3.3.4-6] */
    @Test
    void ofAClientHasNoSubscriptionIdentifier(ThingportServer server, Fleet fleet) throws Exception {
        closes(server, fleet, 0x82, Bytes.publish0("/a", "x", Property.SUBSCRIPTION_IDENTIFIER.of(1)));
    }

    private static void closes(ThingportServer server, Fleet fleet, int reason, byte[] publish) throws Exception {
        try (Wire wire = Wire.clean(server, fleet.device())) {
            assertThat(wire.send(publish).disconnected()).isEqualTo(reason);
        }
    }
}
