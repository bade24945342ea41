package io.thingport.it.mqtt5;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Quality of Service levels [MQTT 5, 4.3]: 0 and 1.
 *
 * <p>[MQTT-4.3.1-1], [MQTT-4.3.2-1], [MQTT-4.3.2-2], [MQTT-4.3.2-3], [MQTT-4.3.2-4], [MQTT-4.3.2-5].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class QosIT {

    /** [MQTT-4.3.1-1] */
    @Test
    void zeroIsSentWithoutDup(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.clean(server, device).subscribed(device.topic("user/get"))) {
            Pub.send(server.rest(), device, Pub.message("x").add("qos", 0));
            assertThat(wire.next(Packet.PUBLISH).flags()).isZero();
        }
    }

    /** [MQTT-4.3.2-1], [MQTT-4.3.2-2]: each message has an identifier of its own, QoS 1 and no DUP. */
    @Test
    void oneIsSentWithAFreshPacketId(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.clean(server, device).subscribed(device.topic("user/get"))) {
            Pub.send(server.rest(), device, "1");
            Pub.send(server.rest(), device, "2");
            Packet first = wire.next(Packet.PUBLISH);
            Packet second = wire.next(Packet.PUBLISH);
            assertThat(List.of(first.flags(), second.flags())).containsExactly(2, 2);
            assertThat(first.packetId()).isNotEqualTo(second.packetId());
        }
    }

    /** [MQTT-4.3.2-3] */
    @Test
    void oneIsUnacknowledgedUntilPuback(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.kept(server, device).subscribed(device.topic("user/get"))) {
            Pub.send(server.rest(), device, "1");
            Pub.send(server.rest(), device, "2");
            wire.send(Bytes.puback(wire.next(Packet.PUBLISH).packetId()));
            wire.next(Packet.PUBLISH);
            wire.hasNothingElse();
        }
        try (Wire wire = Wire.kept(server, device)) {
            assertThat(wire.next(Packet.PUBLISH).payload()).isEqualTo("2");
            wire.hasNothingElse();
        }
    }

    /** [MQTT-4.3.2-4] */
    @Test
    void oneIsAnsweredWithPuback(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.clean(server, device)) {
            wire.send(Bytes.publish1(device.topic("user/update"), 5, "x"));
            assertThat(wire.next(Packet.PUBACK).packetId()).isEqualTo(5);
        }
    }

    /** [MQTT-4.3.2-5] */
    @Test
    void oneIsANewMessageAfterPubackWhateverItsDup(ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        try (Wire wire = Wire.clean(server, device).subscribed(topic)) {
            for (int first : new int[] {0x32, 0x32, 0x3A}) {
                wire.send(Bytes.publish(first, topic, 5, "x"));
                wire.next(Packet.PUBLISH);
                wire.next(Packet.PUBACK);
            }
        }
    }
}
