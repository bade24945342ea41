package io.thingport.it.mqtt5;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * UNSUBSCRIBE [MQTT 5, 3.10].
 *
 * <p>[MQTT-3.10.1-1], [MQTT-3.10.3-1], [MQTT-3.10.3-2], [MQTT-3.10.4-1], [MQTT-3.10.4-2], [MQTT-3.10.4-3],
 * [MQTT-3.10.4-4], [MQTT-3.10.4-5], [MQTT-3.10.4-6].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class UnsubscribeIT {

    /** [MQTT-3.10.1-1] */
    @ParameterizedTest
    @ValueSource(ints = {0xA0, 0xA1, 0xA3, 0xAA})
    void hasFixedFlags(int first, ThingportServer server, Fleet fleet) throws Exception {
        closes(server, fleet, 0x81, Bytes.packet(first, 0, 1, 0, "/a"));
    }

    /** [MQTT-3.10.3-1] */
    @Test
    void hasFiltersInUtf8(ThingportServer server, Fleet fleet) throws Exception {
        closes(server, fleet, 0x81, Bytes.packet(0xA2, 0, 1, 0, Bytes.two(3), Bytes.SURROGATE));
    }

    /** [MQTT-3.10.3-2] */
    @Test
    void hasAFilter(ThingportServer server, Fleet fleet) throws Exception {
        closes(server, fleet, 0x82, Bytes.unsubscribe(1));
    }

    /** [MQTT-3.10.4-1]: a filter that only matches the same topics is another one. */
    @Test
    void endsTheSubscriptionWithTheVerySameFilter(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device(Map.of("user/in/#", "SUB", "user/in/a", "ALL"));
        String topic = device.topic("user/in/a");
        try (Wire wire = Wire.clean(server, device).subscribed(device.topic("user/in/+"))) {
            wire.send(Bytes.unsubscribe(1, topic, device.topic("user/in/#"), device.topic("user/IN/+")));
            assertThat(wire.next(Packet.UNSUBACK).reasons()).containsExactly(0x11, 0x11, 0x11);
            assertThat(wire.send(Bytes.publish0(topic, "still")).next(Packet.PUBLISH).payload()).isEqualTo("still");
            wire.send(Bytes.unsubscribe(2, device.topic("user/in/+")));
            assertThat(wire.next(Packet.UNSUBACK).reasons()).containsExactly(0x00);
            wire.send(Bytes.publish0(topic, "no more")).hasNothingElse();
        }
    }

    /** [MQTT-3.10.4-2], [MQTT-3.10.4-3]: what was on its way is delivered, also over the next connection. */
    @Test
    void stopsWhatComesLaterAndFinishesWhatWasSent(ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        try (Wire wire = Wire.kept(server, device).subscribed(topic)) {
            wire.send(Bytes.publish1(topic, 1, "before"));
            wire.next(Packet.PUBLISH);
            wire.send(Bytes.unsubscribe(2, topic), Bytes.publish1(topic, 3, "after"));
            for (int type = wire.next().type(); type != Packet.UNSUBACK; type = wire.next().type()) {
                assertThat(type).isEqualTo(Packet.PUBACK);
            }
        }
        try (Wire wire = Wire.kept(server, device)) {
            assertThat(wire.next(Packet.PUBLISH).payload()).isEqualTo("before");
            wire.hasNothingElse();
        }
    }

    /** [MQTT-3.10.4-4], [MQTT-3.10.4-5]: also when there was nothing to end. */
    @Test
    void isAnsweredWithItsPacketId(ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.clean(server, fleet.device())) {
            assertThat(wire.send(Bytes.unsubscribe(0xABCD, "/a")).next(Packet.UNSUBACK).packetId()).isEqualTo(0xABCD);
        }
    }

    /** [MQTT-3.10.4-6] */
    @Test
    void ofSeveralFiltersEndsEach(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device(Map.of("user/a", "ALL", "user/b", "ALL"));
        String a = device.topic("user/a");
        String b = device.topic("user/b");
        try (Wire wire = Wire.clean(server, device).subscribed(a, b)) {
            wire.send(Bytes.unsubscribe(1, a, b));
            assertThat(wire.next(Packet.UNSUBACK).reasons()).hasSize(2);
            wire.send(Bytes.publish0(a, "x"), Bytes.publish0(b, "x")).hasNothingElse();
        }
    }

    /** No device has so many subscriptions. */
    @Test
    void ofMoreThanAHundredFiltersCloses(ThingportServer server, Fleet fleet) throws Exception {
        String[] filters = new String[101];
        Arrays.fill(filters, "/a");
        closes(server, fleet, 0x97, Bytes.unsubscribe(1, filters));
    }

    private static void closes(ThingportServer server, Fleet fleet, int reason, byte[] unsubscribe) throws Exception {
        try (Wire wire = Wire.clean(server, fleet.device())) {
            assertThat(wire.send(unsubscribe).disconnected()).isEqualTo(reason);
        }
    }
}
