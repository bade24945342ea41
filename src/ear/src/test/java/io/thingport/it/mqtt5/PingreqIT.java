package io.thingport.it.mqtt5;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Fleet;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * PINGREQ and PINGRESP [MQTT 5, 3.12 and 3.13].
 *
 * <p>[MQTT-3.12.4-1].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class PingreqIT {

    /** [MQTT-3.12.4-1] */
    @Test
    void isAnswered(ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.clean(server, fleet.device())) {
            assertThat(wire.send(Bytes.PINGREQ).next()).hasToString("d0 00");
        }
    }

    @Test
    void hasNothingInIt(ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.clean(server, fleet.device())) {
            assertThat(wire.send(Bytes.packet(0xC0, 0)).disconnected()).isEqualTo(0x81);
        }
    }
}
