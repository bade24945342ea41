package io.thingport.it.mqtt3;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * DISCONNECT [MQTT 3.1.1, 3.14].
 *
 * <p>[MQTT-3.14.1-1].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class DisconnectIT {

    /** [MQTT-3.14.1-1]: what stands before it counts, what stands behind it does not. */
    @ParameterizedTest
    @ValueSource(strings = {"e0 00", "e1 00", "e2 00", "ef 00"})
    void closesWithAnyFlags(String disconnect, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.clean(server, 4, device)) {
            wire.send(Wire.publish1(device.topic("user/update"), 1, "x")).expect("40 02 00 01");
            wire.send(disconnect + " c0 00").closed();
        }
    }

    @EachVersion
    void hasNothingInIt(int level, ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.clean(server, level, fleet.device())) {
            wire.send("e0 01 00").closed();
        }
    }
}
