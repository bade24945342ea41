package io.thingport.it.mqtt3;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Deadline;
import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.Rest;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Session state [MQTT 3.1.1, 4.1].
 *
 * <p>[MQTT-4.1.0-1], [MQTT-4.1.0-2].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class SessionStateIT {

    /** [MQTT-4.1.0-1]: subscriptions and messages, over several connections. */
    @EachVersion
    void staysUntilTheSessionEnds(int level, ThingportServer server, Fleet fleet, Rest rest) throws Exception {
        Device device = fleet.device();
        Wire.kept(server, level, device).subscribed(device.topic("user/get")).close();
        Wire.pub(rest, device, "1");
        Wire.kept(server, level, device).close();
        Wire.pub(rest, device, "2");
        try (Wire wire = Wire.kept(server, level, device)) {
            List<String> came = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                String packet = wire.next();
                came.add(packet.substring(packet.length() - 2));
            }
            assertThat(came).containsExactly("31", "32");
        }
    }

    /** [MQTT-4.1.0-2]: one that ends with its connection does not end before. */
    @EachVersion
    void cleanSessionStaysWhileTheConnectionIsOpen(int level, ThingportServer server, Fleet fleet, Rest rest) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.clean(server, level, device).subscribed(device.topic("user/get"))) {
            for (int i = 0; i < 3; i++) {
                assertThat(Wire.pub(rest, device, "m" + i)).isEqualTo("sent");
                wire.expectPublish(0x32, "m" + i);
            }
        }
        Awaitility.await().atMost(Deadline.ANSWER).until(() -> Wire.pub(rest, device, "x").equals("no-session"));
    }
}
