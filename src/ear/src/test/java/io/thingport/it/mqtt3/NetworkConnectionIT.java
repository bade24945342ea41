package io.thingport.it.mqtt3;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The transport [MQTT 3.1.1, 4.2 and 7.1.1].
 *
 * <p>[MQTT-7.1.1-1].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class NetworkConnectionIT {

    /** [MQTT-7.1.1-1]: over TCP bytes come in their order and complete, however they are cut. */
    @EachVersion
    void packetsMayComeInPieces(int level, ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        byte[] publish = Wire.publish1(topic, 1, "x".repeat(300));
        try (Wire wire = Wire.clean(server, level, device).subscribed(topic)) {
            for (byte each : publish) {
                wire.send(new byte[] {each});
            }
            wire.puback(wire.expectPublish(0x32, "x".repeat(300))).expect("40 02 00 01");
        }
    }
}
