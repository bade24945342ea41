package io.thingport.it.mqtt5;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * SUBSCRIBE [MQTT 5, 3.8].
 *
 * <p>[MQTT-3.8.1-1], [MQTT-3.8.3-1], [MQTT-3.8.3-2], [MQTT-3.8.3-3], [MQTT-3.8.3-4], [MQTT-3.8.3-5], [MQTT-3.8.4-1],
 * [MQTT-3.8.4-2], [MQTT-3.8.4-3], [MQTT-3.8.4-4], [MQTT-3.8.4-5], [MQTT-3.8.4-6], [MQTT-3.8.4-7], [MQTT-3.8.4-8].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class SubscribeIT {

    private static final int NO_LOCAL = 0b0100;

    /** [MQTT-3.8.1-1] */
    @ParameterizedTest
    @ValueSource(ints = {0x80, 0x81, 0x83, 0x8A})
    void hasFixedFlags(int first, ThingportServer server, Fleet fleet) throws Exception {
        closes(server, fleet, 0x81, Bytes.packet(first, 0, 1, 0, "/a", 0));
    }

    /** [MQTT-3.8.3-1] */
    @Test
    void hasFiltersInUtf8(ThingportServer server, Fleet fleet) throws Exception {
        closes(server, fleet, 0x81, Bytes.packet(0x82, 0, 1, 0, Bytes.two(3), Bytes.SURROGATE, 0));
    }

    /** [MQTT-3.8.3-2] */
    @Test
    void hasAFilter(ThingportServer server, Fleet fleet) throws Exception {
        closes(server, fleet, 0x82, Bytes.subscribe(1));
    }

    /** [MQTT-3.8.3-3] */
    @Test
    void withNoLocalKeepsOwnMessagesOut(ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        try (Wire wire = Wire.clean(server, device)) {
            wire.send(Bytes.subscribe(1, topic, 1 | NO_LOCAL)).next(Packet.SUBACK);
            wire.send(Bytes.publish1(topic, 1, "own")).next(Packet.PUBACK);
            assertThat(Pub.send(server.rest(), device, Pub.message("foreign").add("topic", Wire.BOTH))).isEqualTo("sent");
            assertThat(wire.next(Packet.PUBLISH).payload()).isEqualTo("foreign");
        }
    }

    @Test
    void withNoLocalIsRememberedByTheSession(ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        try (Wire wire = Wire.kept(server, device)) {
            wire.send(Bytes.subscribe(1, topic, 1 | NO_LOCAL)).next(Packet.SUBACK);
        }
        try (Wire wire = Wire.kept(server, device)) {
            wire.send(Bytes.publish0(topic, "own")).hasNothingElse();
        }
    }

    /** [MQTT-3.8.3-4] */
    @Test
    void hasNoLocalNotOnASharedSubscription(ThingportServer server, Fleet fleet) throws Exception {
        closes(server, fleet, 0x82, Bytes.subscribe(1, "$share/name//a", 1 | NO_LOCAL));
    }

    /** [MQTT-3.8.3-5]; QoS 3 and Retain Handling 3 are none either. */
    @ParameterizedTest
    @CsvSource({"0x40, 0x81", "0x80, 0x81", "0x03, 0x81", "0x30, 0x82"})
    void hasOptionsThatThereAre(int options, int reason, ThingportServer server, Fleet fleet) throws Exception {
        closes(server, fleet, reason, Bytes.subscribe(1, "/a", options));
    }

    /** Retain As Published, Retain Handling 1 and 2: there is nothing retained, so they change nothing. */
    @ParameterizedTest
    @ValueSource(ints = {0x08, 0x10, 0x20, 0x2D})
    void mayHaveTheOptionsOfRetainedMessages(int options, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.clean(server, device)) {
            wire.send(Bytes.subscribe(1, device.topic("user/get"), options));
            assertThat(wire.next(Packet.SUBACK).reasons()).containsExactly(1);
            Pub.send(server.rest(), device, "x");
            assertThat(wire.next(Packet.PUBLISH).retain()).isFalse();
        }
    }

    /** [MQTT-3.8.4-1], [MQTT-3.8.4-2] */
    @Test
    void isAnsweredWithItsPacketId(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.clean(server, device)) {
            wire.send(Bytes.subscribe(0xFFFF, device.topic("user/get"), 1));
            assertThat(wire.next(Packet.SUBACK).packetId()).isEqualTo(0xFFFF);
        }
    }

    /** [MQTT-3.8.4-3]: the newer options count, and one UNSUBSCRIBE ends it. */
    @Test
    void ofTheSameFilterReplaces(ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        try (Wire wire = Wire.clean(server, device).subscribed(topic)) {
            wire.send(Bytes.subscribe(1, topic, 1 | NO_LOCAL)).next(Packet.SUBACK);
            wire.send(Bytes.publish0(topic, "own")).hasNothingElse();
            wire.send(Bytes.unsubscribe(2, topic)).next(Packet.UNSUBACK);
            assertThat(Pub.send(server.rest(), device, Pub.message("x").add("topic", Wire.BOTH)))
                    .isEqualTo("not-subscribed");
        }
    }

    /** [MQTT-3.8.4-4]: there are no retained messages to be sent again, but none of the others is lost. */
    @Test
    void ofTheSameFilterLosesNoMessage(ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        try (Wire wire = Wire.kept(server, device, Property.RECEIVE_MAXIMUM.of(2)).subscribed(topic)) {
            wire.send(Bytes.publish1(topic, 1, "1"), Bytes.publish1(topic, 2, "2"), Bytes.subscribe(3, topic, 0),
                    Bytes.publish1(topic, 4, "3"));
            List<String> came = new ArrayList<>();
            while (came.size() < 3) {
                Packet packet = wire.next();
                if (packet.type() == Packet.PUBLISH) {
                    came.add(packet.payload());
                    wire.send(Bytes.puback(packet.packetId()));
                }
            }
            assertThat(came).containsExactly("1", "2", "3");
        }
    }

    /** [MQTT-3.8.4-5], [MQTT-3.8.4-6]: one bad filter does not harm the others. */
    @Test
    void ofSeveralFiltersIsAnsweredForEach(ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        try (Wire wire = Wire.clean(server, device)) {
            wire.send(Bytes.subscribe(1, "/not/mine", 0, device.topic(Wire.BOTH), 0, device.topic("user/get"), 1));
            assertThat(wire.next(Packet.SUBACK).reasons()).hasSize(3);
            wire.send(Bytes.publish0(device.topic(Wire.BOTH), "x"));
            assertThat(wire.next(Packet.PUBLISH).payload()).isEqualTo("x");
        }
    }

    /** [MQTT-3.8.4-7]: 1 for whatever was asked. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void isGrantedQos1(int asked, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.clean(server, device)) {
            wire.send(Bytes.subscribe(1, device.topic("user/get"), asked));
            assertThat(wire.next(Packet.SUBACK).reasons()).containsExactly(1);
        }
    }

    /** [MQTT-3.8.4-8]: 1 being granted, the publisher's QoS is the lower one. */
    @ParameterizedTest
    @CsvSource({"0, 0", "0, 1", "2, 0", "2, 1"})
    void leavesTheQosToThePublisher(int asked, int published, ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        try (Wire wire = Wire.clean(server, device)) {
            wire.send(Bytes.subscribe(1, topic, asked)).next(Packet.SUBACK);
            wire.send(Bytes.publish(0x30 | published << 1, topic, published, "x"));
            assertThat(wire.next(Packet.PUBLISH).qos()).isEqualTo(published);
        }
    }

    /** CONNACK has said that there are none. */
    @Test
    void withASubscriptionIdentifierCloses(ThingportServer server, Fleet fleet) throws Exception {
        closes(server, fleet, 0xA1, Bytes.packet(0x82, 0, 1,
                Bytes.properties(Property.SUBSCRIPTION_IDENTIFIER.of(1)), "/a", 0));
    }

    private static void closes(ThingportServer server, Fleet fleet, int reason, byte[] subscribe) throws Exception {
        try (Wire wire = Wire.clean(server, fleet.device())) {
            assertThat(wire.send(subscribe).disconnected()).isEqualTo(reason);
        }
    }
}
