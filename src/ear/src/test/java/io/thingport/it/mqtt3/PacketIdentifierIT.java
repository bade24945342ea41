package io.thingport.it.mqtt3;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.PacketBytes;
import io.thingport.it.Rest;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Packet identifiers [MQTT 3.1.1, 2.3.1].
 *
 * <p>[MQTT-2.3.1-1], [MQTT-2.3.1-4], [MQTT-2.3.1-5], [MQTT-2.3.1-6], [MQTT-2.3.1-7].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class PacketIdentifierIT {

    /** [MQTT-2.3.1-1] */
    @ParameterizedTest
    @CsvSource({"3, 82", "4, 82", "3, a2", "4, a2", "3, 32", "4, 32"})
    void zeroCloses(int level, String first, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        PacketBytes packet = PacketBytes.packet(Integer.parseInt(first, 16));
        packet = switch (first) {
            case "82" -> packet.number(0).text(device.topic("user/get")).bytes(0);
            case "a2" -> packet.number(0).text(device.topic("user/get"));
            default -> packet.text(device.topic("user/update")).number(0);
        };
        try (Wire wire = Wire.clean(server, level, device)) {
            wire.send(packet.build()).closed();
        }
    }

    /** [MQTT-2.3.1-4]: those in use differ, and one is free again behind its PUBACK. */
    @EachVersion
    void theServersAreUniqueWhileTheyAreInUse(int level, ThingportServer server, Fleet fleet, Rest rest) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.clean(server, level, device).subscribed(device.topic("user/get"))) {
            List<Integer> ids = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Wire.pub(rest, device, "m" + i);
                ids.add(wire.expectPublish(0x32, "m" + i));
            }
            assertThat(ids).doesNotHaveDuplicates().doesNotContain(0);
            wire.puback(ids.get(0)).puback(ids.get(0)).hasNothingElse();
            Wire.pub(rest, device, "next");
            assertThat(ids.subList(1, 20)).doesNotContain(wire.expectPublish(0x32, "next"));
        }
    }

    /** [MQTT-2.3.1-5]: the payload begins right behind the topic, in both directions. */
    @EachVersion
    void qos0HasNone(int level, ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        byte[] publish = Wire.publish0(device.topic(Wire.BOTH), "\1\2");
        try (Wire wire = Wire.clean(server, level, device).subscribed(device.topic(Wire.BOTH))) {
            wire.send(publish).expect(Wire.hex(publish));
        }
    }

    /** [MQTT-2.3.1-6], [MQTT-2.3.1-7] */
    @EachVersion
    void acknowledgementsCarryTheirPackets(int level, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        String get = device.topic("user/get");
        try (Wire wire = Wire.clean(server, level, device)) {
            wire.send(Wire.publish1(device.topic("user/update"), 0xFFFF, "x")).expect("40 02 ff ff");
            wire.send(PacketBytes.packet(0x82).number(0xABCD).text(get).bytes(0).build()).expect("90 03 ab cd 01");
            wire.send(PacketBytes.packet(0xA2).number(0x0100).text(get).build()).expect("b0 02 01 00");
        }
    }
}
