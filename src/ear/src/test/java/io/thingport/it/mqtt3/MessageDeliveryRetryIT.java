package io.thingport.it.mqtt3;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.Rest;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Message delivery retry [MQTT 3.1.1, 4.4].
 *
 * <p>[MQTT-4.4.0-1].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class MessageDeliveryRetryIT {

    /** [MQTT-4.4.0-1]: each under its identifier, before anything new. */
    @EachVersion
    void whatIsOpenComesAgainOverTheNextConnection(int level, ThingportServer server, Fleet fleet, Rest rest) throws Exception {
        Device device = fleet.device();
        List<Integer> ids = new ArrayList<>();
        try (Wire wire = Wire.kept(server, level, device).subscribed(device.topic("user/get"))) {
            for (int i = 0; i < 5; i++) {
                Wire.pub(rest, device, "m" + i);
                ids.add(wire.expectPublish(0x32, "m" + i));
            }
        }
        Wire.pub(rest, device, "new");
        try (Wire wire = Wire.kept(server, level, device)) {
            for (int i = 0; i < 5; i++) {
                assertThat(wire.expectPublish(0x3A, "m" + i)).isEqualTo(ids.get(i));
            }
            String last = wire.next();
            assertThat(last).startsWith("3").endsWith("6e 65 77");
            wire.hasNothingElse();
        }
    }
}
