package io.thingport.it.mqtt5;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Packet identifiers [MQTT 5, 2.2.1].
 *
 * <p>[MQTT-2.2.1-2], [MQTT-2.2.1-3], [MQTT-2.2.1-4], [MQTT-2.2.1-5], [MQTT-2.2.1-6].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class PacketIdentifierIT {

    /** [MQTT-2.2.1-2]: the payload begins where an identifier would be. */
    @Test
    void isNotInAPublishAtQos0(ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        try (Wire wire = Wire.clean(server, device).subscribed(topic)) {
            byte[] publish = Bytes.publish0(topic, "x");
            assertThat(wire.send(publish).next().bytes()).isEqualTo(publish);
        }
    }

    /** [MQTT-2.2.1-3] */
    @Test
    void ofAClientIsNotZero(ThingportServer server, Fleet fleet) throws Exception {
        for (byte[] packet : List.of(Bytes.packet(0x32, "/a", 0, 0, 0), Bytes.subscribe(0, "/a", 0),
                Bytes.unsubscribe(0, "/a"))) {
            try (Wire wire = Wire.clean(server, fleet.device())) {
                assertThat(wire.send(packet).disconnected()).isEqualTo(0x82);
            }
        }
    }

    /** [MQTT-2.2.1-4] */
    @Test
    void ofTheServerIsNeitherZeroNorInUse(ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        Set<Integer> inUse = new HashSet<>();
        try (Wire wire = Wire.clean(server, device).subscribed(topic)) {
            for (int i = 1; i <= 50; i++) {
                int packetId = wire.send(Bytes.publish1(topic, i, "x")).next(Packet.PUBLISH).packetId();
                wire.next(Packet.PUBACK);
                assertThat(packetId).isNotZero();
                assertThat(inUse.add(packetId)).isTrue();
            }
        }
    }

    /** [MQTT-2.2.1-5], [MQTT-2.2.1-6] */
    @ParameterizedTest
    @ValueSource(ints = {1, 0x0100, 0xFFFF})
    void comesBackInTheAcknowledgement(int packetId, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        String topic = device.topic("user/get");
        try (Wire wire = Wire.clean(server, device)) {
            wire.send(Bytes.publish1(device.topic("user/update"), packetId, "x"), Bytes.subscribe(packetId, topic, 1),
                    Bytes.unsubscribe(packetId, topic));
            for (int type : new int[] {Packet.PUBACK, Packet.SUBACK, Packet.UNSUBACK}) {
                assertThat(wire.next(type).packetId()).isEqualTo(packetId);
            }
        }
    }
}
