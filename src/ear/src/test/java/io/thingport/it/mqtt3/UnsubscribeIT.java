package io.thingport.it.mqtt3;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.PacketBytes;
import io.thingport.it.Rest;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * UNSUBSCRIBE and UNSUBACK [MQTT 3.1.1, 3.10 and 3.11].
 *
 * <p>[MQTT-3.10.1-1], [MQTT-3.10.3-1], [MQTT-3.10.3-2], [MQTT-3.10.4-1], [MQTT-3.10.4-2], [MQTT-3.10.4-3],
 * [MQTT-3.10.4-4], [MQTT-3.10.4-5], [MQTT-3.10.4-6].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class UnsubscribeIT {

    /** [MQTT-3.10.1-1]; 3.1 has QoS and DUP there. */
    @ParameterizedTest
    @ValueSource(ints = {0xA0, 0xA1, 0xA3, 0xA6, 0xAA})
    void hasFixedFlags(int first, ThingportServer server, Fleet fleet) throws Exception {
        byte[] unsubscribe = Wire.unsubscribe("/a");
        unsubscribe[0] = (byte) first;
        try (Wire wire = Wire.clean(server, 4, fleet.device())) {
            wire.send(unsubscribe).closed();
        }
    }

    /** [MQTT-3.10.3-1] */
    @EachVersion
    void hasFiltersInUtf8(int level, ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.clean(server, level, fleet.device())) {
            wire.send(PacketBytes.packet(0xA2).number(1).hex(Wire.SURROGATE).build()).closed();
        }
    }

    /** [MQTT-3.10.3-2] */
    @EachVersion
    void hasAFilter(int level, ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.clean(server, level, fleet.device())) {
            wire.send("a2 02 00 01").closed();
        }
    }

    /** [MQTT-3.10.4-1]: a filter that only matches the same topics is another one. */
    @EachVersion
    void endsTheSubscriptionWithTheVerySameFilter(int level, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device(Map.of("user/in/#", "SUB", "user/in/a", "ALL"));
        byte[] publish = Wire.publish0(device.topic("user/in/a"), "x");
        try (Wire wire = Wire.clean(server, level, device).subscribed(device.topic("user/in/+"))) {
            wire.send(Wire.unsubscribe(device.topic("user/in/a"), device.topic("user/in/#"), device.topic("user/IN/+")))
                    .expect("b0 02 00 0b");
            wire.send(publish).expect(Wire.hex(publish));
            wire.send(Wire.unsubscribe(device.topic("user/in/+"))).expect("b0 02 00 0b");
            wire.send(publish).hasNothingElse();
        }
    }

    /** [MQTT-3.10.4-2], [MQTT-3.10.4-3]: what was on its way is delivered, also over the next connection. */
    @EachVersion
    void stopsWhatComesLaterAndFinishesWhatWasSent(int level, ThingportServer server, Fleet fleet, Rest rest) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.kept(server, level, device).subscribed(device.topic("user/get"))) {
            Wire.pub(rest, device, "before");
            wire.expectPublish(0x32, "before");
            wire.send(Wire.unsubscribe(device.topic("user/get"))).expect("b0 02 00 0b");
            assertThat(Wire.pub(rest, device, "after")).isEqualTo("not-subscribed");
        }
        try (Wire wire = Wire.kept(server, level, device)) {
            wire.puback(wire.expectPublish(0x3A, "before")).hasNothingElse();
        }
    }

    /** [MQTT-3.10.4-4], [MQTT-3.10.4-5]: also when there was nothing to end. */
    @EachVersion
    void isAnsweredWithItsPacketId(int level, ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.clean(server, level, fleet.device())) {
            wire.send(PacketBytes.packet(0xA2).number(0xABCD).text("/a").build()).expect("b0 02 ab cd");
        }
    }

    /** [MQTT-3.10.4-6]: one answer. */
    @EachVersion
    void ofSeveralFiltersEndsEach(int level, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device(Map.of("user/a", "ALL", "user/b", "ALL"));
        String a = device.topic("user/a");
        String b = device.topic("user/b");
        try (Wire wire = Wire.clean(server, level, device).subscribed(a, b)) {
            wire.send(Wire.unsubscribe(a, "/none", b)).expect("b0 02 00 0b");
            wire.send(Wire.publish0(a, "x"), Wire.publish0(b, "x")).hasNothingElse();
        }
    }
}
