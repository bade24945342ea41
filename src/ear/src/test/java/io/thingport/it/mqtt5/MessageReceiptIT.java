package io.thingport.it.mqtt5;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Message receipt [MQTT 5, 4.5].
 *
 * <p>[MQTT-4.5.0-1].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class MessageReceiptIT {

    /** [MQTT-4.5.0-1]: what the server has acknowledged is in the session that subscribed it, also after the connection. */
    @Test
    void addsTheMessageToTheSession(ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        try (Wire wire = Wire.kept(server, device, Property.RECEIVE_MAXIMUM.of(1)).subscribed(topic)) {
            wire.send(Bytes.publish1(topic, 1, "sent"), Bytes.publish1(topic, 2, "queued"));
            wire.next(Packet.PUBLISH);
            wire.next(Packet.PUBACK);
            wire.next(Packet.PUBACK);
        }
        try (Wire wire = Wire.kept(server, device)) {
            assertThat(wire.next(Packet.PUBLISH).payload()).isEqualTo("sent");
            assertThat(wire.next(Packet.PUBLISH).payload()).isEqualTo("queued");
        }
    }
}
