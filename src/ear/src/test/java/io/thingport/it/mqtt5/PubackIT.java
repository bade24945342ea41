package io.thingport.it.mqtt5;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * PUBACK [MQTT 5, 3.4]: what a device is told of its publish.
 *
 * <p>[MQTT-3.4.2-1].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class PubackIT {

    /** [MQTT-3.4.2-1] and nothing besides. */
    @Test
    void hasOneOfItsReasons(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        String topic = device.topic("user/update");
        Map<Integer, byte[]> publishes = Map.of(
                0x00, Bytes.publish1(topic, 1, "x"),
                0x83, Bytes.publish1(topic, 1, "x", Property.user("_reserved", "x")),
                0x87, Bytes.publish1("/not/mine", 1, "x"),
                0x90, Bytes.publish1("/too/deep/for/any/topic/at/all/x", 1, "x"),
                0x97, Bytes.publish1(topic, 1, "x", Property.user("x", "x".repeat(128))));
        try (Wire wire = Wire.clean(server, device)) {
            for (Map.Entry<Integer, byte[]> publish : publishes.entrySet()) {
                Packet puback = wire.send(publish.getValue()).next(Packet.PUBACK);
                assertThat(puback.reason()).isEqualTo(publish.getKey());
                assertThat(puback.properties()).isEmpty();
            }
        }
    }

    /** As it may for Success: two bytes are enough. */
    @Test
    void ofASuccessIsShort(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.clean(server, device)) {
            wire.send(Bytes.publish1(device.topic("user/update"), 0x1234, "x"));
            assertThat(wire.next()).hasToString("40 02 12 34");
        }
    }

    /** All forms that the standard permits: without reason, without properties, with both. None comes again. */
    @Test
    void ofADeviceIsReadInEachForm(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        Object[][] forms = {{}, {0x00}, {0x10, 0}, {0x80, Bytes.properties(Property.REASON_STRING.of("no"),
                Property.user("a", "b"))}};
        try (Wire wire = Wire.kept(server, device).subscribed(device.topic("user/get"))) {
            for (Object[] form : forms) {
                Pub.send(server.rest(), device, "x");
                int packetId = wire.next(Packet.PUBLISH).packetId();
                wire.send(Bytes.packet(0x40, Bytes.two(packetId), Bytes.of(form))).hasNothingElse();
            }
        }
        try (Wire wire = Wire.kept(server, device)) {
            wire.hasNothingElse();
        }
    }

    /** It answers nothing. */
    @Test
    void ofADeviceForNothingIsIgnored(ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.clean(server, fleet.device())) {
            wire.send(Bytes.puback(77)).hasNothingElse();
        }
    }
}
