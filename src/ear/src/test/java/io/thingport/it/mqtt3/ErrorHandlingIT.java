package io.thingport.it.mqtt3;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.Rest;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Error handling [MQTT 3.1.1, 4.8].
 *
 * <p>[MQTT-4.8.0-1].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class ErrorHandlingIT {

    /** [MQTT-4.8.0-1]: the one connection, silently; the session is found again, and another device does not notice. */
    @EachVersion
    void aViolationClosesItsConnectionAlone(int level, ThingportServer server, Fleet fleet, Rest rest) throws Exception {
        Device device = fleet.device();
        Device other = Wire.echoing(fleet);
        byte[] publish = Wire.publish0(other.topic(Wire.BOTH), "x");
        try (Wire beside = Wire.clean(server, level, other).subscribed(other.topic(Wire.BOTH))) {
            try (Wire wire = Wire.kept(server, level, device).subscribed(device.topic("user/get"))) {
                wire.send("f0 00 c0 00").closed();
            }
            beside.send(publish).expect(Wire.hex(publish));
            Wire.pub(rest, device, "kept");
            try (Wire wire = Wire.kept(server, level, device)) {
                assertThat(wire.next()).endsWith(Wire.hex("kept".getBytes(StandardCharsets.UTF_8)));
            }
        }
    }
}
