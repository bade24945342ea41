package io.thingport.it.mqtt3;

import io.thingport.it.Fleet;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * PINGREQ and PINGRESP [MQTT 3.1.1, 3.12 and 3.13].
 *
 * <p>[MQTT-3.12.4-1].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class PingreqIT {

    /** [MQTT-3.12.4-1]: as often as it comes. */
    @EachVersion
    void isAnswered(int level, ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.clean(server, level, fleet.device())) {
            wire.send("c0 00 c0 00").expect("d0 00").expect("d0 00");
        }
    }

    @EachVersion
    void hasNothingInIt(int level, ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.clean(server, level, fleet.device())) {
            wire.send("c0 01 00").closed();
        }
    }
}
