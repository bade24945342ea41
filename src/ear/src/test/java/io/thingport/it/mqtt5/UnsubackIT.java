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
 * UNSUBACK [MQTT 5, 3.11].
 *
 * <p>[MQTT-3.11.3-1], [MQTT-3.11.3-2].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class UnsubackIT {

    /** [MQTT-3.11.3-1], [MQTT-3.11.3-2] */
    @Test
    void hasAReasonForEachFilterInItsOrder(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        String topic = device.topic("user/get");
        try (Wire wire = Wire.clean(server, device).subscribed(topic)) {
            wire.send(Bytes.unsubscribe(1, "/not/mine", topic, topic, "bad#"));
            Packet unsuback = wire.next(Packet.UNSUBACK);
            assertThat(unsuback.reasons()).containsExactly(0x11, 0x00, 0x11, 0x11);
            assertThat(unsuback.properties()).isEmpty();
        }
    }
}
