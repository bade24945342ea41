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

/**
 * Message delivery retry [MQTT 5, 4.4].
 *
 * <p>[MQTT-4.4.0-1], [MQTT-4.4.0-2].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class MessageDeliveryRetryIT {

    /** [MQTT-4.4.0-1]: over the next connection, with the same identifiers, and at no other time. */
    @Test
    void isForTheNextConnection(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        List<String> sent = new ArrayList<>();
        try (Wire wire = Wire.kept(server, device).subscribed(device.topic("user/get"))) {
            for (int i = 0; i < 3; i++) {
                Pub.send(server.rest(), device, Integer.toString(i));
                Packet publish = wire.next(Packet.PUBLISH);
                sent.add(publish.packetId() + ":" + publish.payload());
            }
            wire.hasNothingElse();
        }
        try (Wire wire = Wire.kept(server, device)) {
            List<String> again = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Packet publish = wire.next(Packet.PUBLISH);
                assertThat(publish.dup()).isTrue();
                again.add(publish.packetId() + ":" + publish.payload());
            }
            assertThat(again).isEqualTo(sent);
            wire.hasNothingElse();
        }
    }

    /** [MQTT-4.4.0-2] */
    @Test
    void isNotForWhatTheDeviceRefused(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.kept(server, device).subscribed(device.topic("user/get"))) {
            Pub.send(server.rest(), device, "refused");
            wire.send(Bytes.puback(wire.next(Packet.PUBLISH).packetId(), 0x80)).hasNothingElse();
        }
        try (Wire wire = Wire.kept(server, device)) {
            wire.hasNothingElse();
        }
    }
}
