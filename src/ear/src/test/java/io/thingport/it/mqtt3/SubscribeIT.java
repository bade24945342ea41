package io.thingport.it.mqtt3;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.PacketBytes;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * SUBSCRIBE and SUBACK [MQTT 3.1.1, 3.8 and 3.9].
 *
 * <p>[MQTT-3.8.1-1], [MQTT-3.8.3-1], [MQTT-3.8.3-3], [MQTT-3.8.3-4], [MQTT-3.8.4-1], [MQTT-3.8.4-2], [MQTT-3.8.4-3],
 * [MQTT-3.8.4-4], [MQTT-3.8.4-5], [MQTT-3.8.4-6], [MQTT-3.9.3-1], [MQTT-3.9.3-2].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class SubscribeIT {

    /** [MQTT-3.8.1-1]; 3.1 has QoS and DUP there. */
    @ParameterizedTest
    @ValueSource(ints = {0x80, 0x81, 0x83, 0x86, 0x8A})
    void hasFixedFlags(int first, ThingportServer server, Fleet fleet) throws Exception {
        byte[] subscribe = Wire.subscribe(0, "/a");
        subscribe[0] = (byte) first;
        try (Wire wire = Wire.clean(server, 4, fleet.device())) {
            wire.send(subscribe).closed();
        }
    }

    /** [MQTT-3.8.3-1] */
    @EachVersion
    void hasFiltersInUtf8(int level, ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.clean(server, level, fleet.device())) {
            wire.send(PacketBytes.packet(0x82).number(1).hex(Wire.SURROGATE).bytes(0).build()).closed();
        }
    }

    /** [MQTT-3.8.3-3] */
    @EachVersion
    void hasAFilter(int level, ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.clean(server, level, fleet.device())) {
            wire.send("82 02 00 01").closed();
        }
    }

    /** [MQTT-3.8.3-4] */
    @ParameterizedTest
    @ValueSource(ints = {0x03, 0x04, 0x08, 0x10, 0x80, 0xFF})
    void hasAQosAndNothingBesideIt(int options, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.clean(server, 4, device)) {
            wire.send(Wire.subscribe(options, device.topic("user/get"))).closed();
        }
    }

    /** [MQTT-3.8.4-1], [MQTT-3.8.4-2] */
    @EachVersion
    void isAnsweredWithItsPacketId(int level, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.clean(server, level, device)) {
            wire.send(PacketBytes.packet(0x82).number(0x1234).text(device.topic("user/get")).bytes(1).build())
                    .expect("90 03 12 34 01");
        }
    }

    /** [MQTT-3.8.4-3]: one subscription, one copy; the flow is not interrupted. */
    @EachVersion
    void anIdenticalFilterReplaces(int level, ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        byte[] publish = Wire.publish0(topic, "x");
        try (Wire wire = Wire.clean(server, level, device).subscribed(topic)) {
            wire.send(publish, Wire.subscribe(0, topic)).expect(Wire.hex(publish)).expect("90 03 00 0a 01");
            wire.send(publish).expect(Wire.hex(publish)).hasNothingElse();
            wire.send(Wire.unsubscribe(topic)).expect("b0 02 00 0b").send(publish).hasNothingElse();
        }
    }

    /** [MQTT-3.8.4-4], [MQTT-3.8.4-5], [MQTT-3.9.3-1], [MQTT-3.9.3-2]: 1 or 0x80 for each, in their order. */
    @EachVersion
    void eachFilterIsAnsweredInItsPlace(int level, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device(Map.of("user/a", "ALL"));
        byte[] publish = Wire.publish0(device.topic("user/a"), "x");
        try (Wire wire = Wire.clean(server, level, device)) {
            wire.send(Wire.subscribe(2, "/foreign/topic", device.topic("user/get"), "#", device.topic("user/none"),
                    device.topic("user/a"), "$share/g/x", "a#")).expect("90 09 00 0a 80 01 80 80 01 80 80");
            wire.send(publish).expect(Wire.hex(publish)).hasNothingElse();
        }
    }

    /** [MQTT-3.8.4-6]: 1 is granted always, so the lower of the two is the publisher's. */
    @ParameterizedTest
    @CsvSource({"3, 0", "3, 1", "3, 2", "4, 0", "4, 1", "4, 2"})
    void aMessageHasItsPublishersQos(int level, int asked, ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        try (Wire wire = Wire.clean(server, level, device)) {
            wire.send(Wire.subscribe(asked, topic)).expect("90 03 00 0a 01");
            wire.send(Wire.publish0(topic, "0")).expectPublish(0x30, "0");
            wire.send(Wire.publish1(topic, 1, "1")).expectPublish(0x32, "1");
        }
    }

    /** Of nine filters none is taken, and the connection stays. */
    @EachVersion
    void moreThanEightFiltersAreRefused(int level, ThingportServer server, Fleet fleet) throws Exception {
        String get = fleet.device().topic("user/get");
        Device device = fleet.device();
        try (Wire wire = Wire.clean(server, level, device)) {
            wire.send(Wire.subscribe(1, device.topic("user/get"), get, get, get, get, get, get, get, get))
                    .expect("90 0b 00 0a" + " 80".repeat(9)).hasNothingElse();
        }
    }
}
