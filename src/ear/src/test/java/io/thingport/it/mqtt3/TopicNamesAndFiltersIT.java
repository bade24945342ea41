package io.thingport.it.mqtt3;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Topic names and topic filters [MQTT 3.1.1, 4.7].
 *
 * <p>[MQTT-4.7.1-1], [MQTT-4.7.1-2], [MQTT-4.7.1-3], [MQTT-4.7.3-1], [MQTT-4.7.3-2], [MQTT-4.7.3-4].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class TopicNamesAndFiltersIT {

    /** [MQTT-4.7.1-1] */
    @EachVersion
    void wildcardsAreForFiltersOnly(int level, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device(Map.of("user/in/#", "SUB"));
        try (Wire wire = Wire.clean(server, level, device)) {
            wire.subscribed(device.topic("user/in/+"), device.topic("user/in/#"));
            wire.send(Wire.publish1(device.topic("user/in/+"), 1, "x")).closed();
        }
    }

    /** [MQTT-4.7.1-2], [MQTT-4.7.1-3] */
    @ParameterizedTest
    @CsvSource({"3, user/in#", "4, user/in#", "4, user/#/in", "4, user/in/##", "3, user/in+", "4, user/in+",
            "4, user/+in", "4, user/++", "4, user/in/+#"})
    void wildcardsAreWholeLevels(int level, String suffix, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device(Map.of("user/#", "SUB"));
        try (Wire wire = Wire.clean(server, level, device)) {
            wire.send(Wire.subscribe(0, device.topic(suffix))).expect("90 03 00 0a 80");
        }
    }

    /** A wildcard stands for what the standard says. */
    @ParameterizedTest
    @CsvSource({"user/in/+, user/in/a, true", "user/in/+, user/in/a/b, false", "user/in/+/b, user/in/a/b, true",
            "user/in/+, user/in, false", "user/in/#, user/in/a/b, true", "user/in/#, user/in, true",
            "user/in/a/#, user/in/a, true", "user/in/a/#, user/in/b, false", "user/in/+/#, user/in/a, true"})
    void wildcardsMatch(String filter, String topic, boolean matches, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device(Map.of("user/#", "SUB", topic, "PUB"));
        byte[] publish = Wire.publish0(device.topic(topic), "x");
        try (Wire wire = Wire.clean(server, 4, device).subscribed(device.topic(filter)).send(publish)) {
            if (matches) {
                wire.expect(Wire.hex(publish));
            }
            wire.hasNothingElse();
        }
    }

    /** [MQTT-4.7.3-1] */
    @EachVersion
    void emptyIsNone(int level, ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.clean(server, level, fleet.device())) {
            wire.send(Wire.subscribe(0, "")).expect("90 03 00 0a 80");
            wire.send(Wire.publish0("", "x")).closed();
        }
    }

    /** [MQTT-4.7.3-2] */
    @EachVersion
    void withTheNullCharacterIsNone(int level, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        for (byte[] packet : List.of(Wire.publish0("/a\0b", "x"), Wire.subscribe(0, "/a\0b"), Wire.unsubscribe("/a\0b"))) {
            try (Wire wire = Wire.clean(server, level, device)) {
                wire.send(packet).closed();
            }
        }
    }

    /** [MQTT-4.7.3-4]: byte by byte. */
    @EachVersion
    void differByCaseAndBySlash(int level, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device(Map.of("user/both", "ALL", "user/Both", "PUB", "user/both/a", "PUB"));
        try (Wire wire = Wire.clean(server, level, device).subscribed(device.topic("user/both"))) {
            wire.send(Wire.publish0(device.topic("user/Both"), "1"), Wire.publish0(device.topic("user/both/a"), "2"),
                    Wire.publish0(device.topic("user/both/"), "3"), Wire.publish0(device.topic("user//both"), "4"),
                    Wire.publish0(device.topic("user/both"), "5"));
            wire.expectPublish(0x30, "5");
        }
    }
}
