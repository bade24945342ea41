package io.thingport.it.mqtt3;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.PacketBytes;
import io.thingport.it.RawConnection;
import io.thingport.it.Rest;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Message ordering [MQTT 3.1.1, 4.6].
 *
 * <p>[MQTT-4.6.0-1], [MQTT-4.6.0-5], [MQTT-4.6.0-6].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class MessageOrderingIT {

    private static final int COUNT = 50;

    /** [MQTT-4.6.0-1] */
    @EachVersion
    void whatComesAgainComesInItsOrder(int level, ThingportServer server, Fleet fleet, Rest rest) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.kept(server, level, device).subscribed(device.topic("user/get"))) {
            for (int i = 0; i < 10; i++) {
                Wire.pub(rest, device, "m" + i);
            }
            int first = wire.expectPublish(0x32, "m0");
            for (int i = 1; i < 10; i++) {
                wire.expectPublish(0x32, "m" + i);
            }
            wire.puback(first).hasNothingElse();
        }
        try (Wire wire = Wire.kept(server, level, device)) {
            for (int i = 1; i < 10; i++) {
                wire.expectPublish(0x3A, "m" + i);
            }
        }
    }

    /** [MQTT-4.6.0-5], [MQTT-4.6.0-6]: of each QoS, in one burst. */
    @ParameterizedTest
    @CsvSource({"3, 0", "4, 0", "3, 1", "4, 1"})
    void messagesComeInTheOrderInWhichTheyWereSent(int level, int qos, ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        PacketBytes burst = PacketBytes.packet(0);
        for (int i = 1; i <= COUNT; i++) {
            burst.raw(RawConnection.publish(level, qos << 1, topic, qos * i, "m" + i));
        }
        try (Wire wire = Wire.clean(server, level, device).subscribed(topic)) {
            wire.send(burst.body());
            List<String> acknowledged = new ArrayList<>();
            for (int i = 1; i <= COUNT; i++) {
                String packet = wire.next();
                for (; packet.startsWith("40"); packet = wire.next()) {
                    acknowledged.add(packet);
                }
                assertThat(packet).startsWith(qos == 0 ? "30" : "32")
                        .endsWith(Wire.hex(("m" + i).getBytes(StandardCharsets.UTF_8)));
            }
            assertThat(acknowledged).isSorted();
        }
    }
}
