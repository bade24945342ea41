package io.thingport.it.mqtt5;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * SUBACK [MQTT 5, 3.9].
 *
 * <p>[MQTT-3.9.3-1], [MQTT-3.9.3-2].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class SubackIT {

    /** [MQTT-3.9.3-1], [MQTT-3.9.3-2] */
    @Test
    void hasAReasonForEachFilterInItsOrder(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.clean(server, device)) {
            wire.send(Bytes.subscribe(1, device.topic("user/get"), 0, "/not/mine", 0, "bad#", 0, "$share/a//b", 0,
                    device.system("rrpc/request/+"), 2, "", 0));
            Packet suback = wire.next(Packet.SUBACK);
            assertThat(suback.reasons()).containsExactly(0x01, 0x87, 0x8F, 0x9E, 0x01, 0x8F);
            assertThat(suback.properties()).isEmpty();
        }
    }

    /** A topic has at most seven slashes and 128 bytes. */
    @Test
    void refusesAFilterThatIsTooDeepOrTooLong(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device(Map.of("user/#", "SUB"));
        try (Wire wire = Wire.clean(server, device)) {
            wire.send(Bytes.subscribe(1, device.topic("user/4/5/6/7/8"), 0, device.topic("user/" + "x".repeat(128)), 0));
            assertThat(wire.next(Packet.SUBACK).reasons()).containsExactly(0x8F, 0x8F);
        }
    }

    @Test
    void refusesWhatIsMoreThanAHundredSubscriptions(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device(Map.of("user/#", "SUB"));
        try (Wire wire = Wire.clean(server, device)) {
            for (int i = 0; i < 100; i++) {
                wire.subscribed(device.topic("user/" + i));
            }
            wire.send(Bytes.subscribe(1, device.topic("user/100"), 0, device.topic("user/0"), 0));
            assertThat(wire.next(Packet.SUBACK).reasons()).containsExactly(0x97, 0x01);
        }
    }

    /** More filters than one SUBSCRIBE may have: none is taken. */
    @Test
    void refusesAllOfTooManyFilters(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        Object[] nine = IntStream.range(0, 18).<Object>mapToObj(i -> i % 2 == 0 ? device.topic("user/get") : 1).toArray();
        try (Wire wire = Wire.clean(server, device)) {
            assertThat(wire.send(Bytes.subscribe(1, nine)).next(Packet.SUBACK).reasons()).hasSize(9).containsOnly(0x97);
        }
    }
}
