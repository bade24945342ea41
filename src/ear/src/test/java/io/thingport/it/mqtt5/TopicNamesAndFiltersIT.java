package io.thingport.it.mqtt5;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Topic names and topic filters [MQTT 5, 4.7].
 *
 * <p>[MQTT-4.7.0-1], [MQTT-4.7.1-1], [MQTT-4.7.1-2], [MQTT-4.7.3-1], [MQTT-4.7.3-2], [MQTT-4.7.3-4].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class TopicNamesAndFiltersIT {

    /** [MQTT-4.7.0-1] */
    @Test
    void wildcardsAreForFiltersOnly(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device(Map.of("user/in/#", "SUB"));
        try (Wire wire = Wire.clean(server, device)) {
            wire.subscribed(device.topic("user/in/+"), device.topic("user/in/#"));
            wire.send(Bytes.publish1(device.topic("user/in/+"), 1, "x"));
            assertThat(wire.disconnected()).isEqualTo(0x90);
        }
    }

    /** [MQTT-4.7.1-1], [MQTT-4.7.1-2] */
    @ParameterizedTest
    @ValueSource(strings = {"user/in#", "user/#/in", "user/in/##", "user/in+", "user/+in", "user/++", "user/in/+#"})
    void wildcardsAreWholeLevels(String suffix, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device(Map.of("user/#", "SUB"));
        try (Wire wire = Wire.clean(server, device)) {
            wire.send(Bytes.subscribe(1, device.topic(suffix), 0));
            assertThat(wire.next(Packet.SUBACK).reasons()).containsExactly(0x8F);
        }
    }

    /** A wildcard stands for what the standard says. */
    @ParameterizedTest
    @CsvSource({"user/in/+, user/in/a, true", "user/in/+, user/in/a/b, false", "user/in/+/b, user/in/a/b, true",
            "user/in/+, user/in, false", "user/in/#, user/in/a/b, true", "user/in/#, user/in, true",
            "user/in/a/#, user/in/a, true", "user/in/a/#, user/in/b, false", "user/in/+/#, user/in/a, true"})
    void wildcardsMatch(String filter, String topic, boolean matches, ThingportServer server, Fleet fleet)
            throws Exception {
        Device device = fleet.device(Map.of("user/#", "SUB", topic, "PUB"));
        try (Wire wire = Wire.clean(server, device).subscribed(device.topic(filter))) {
            wire.send(Bytes.publish0(device.topic(topic), "x"));
            if (matches) {
                assertThat(wire.next(Packet.PUBLISH).topic()).isEqualTo(device.topic(topic));
            }
            wire.hasNothingElse();
        }
    }

    /** [MQTT-4.7.3-1]; an empty topic name without an alias is an error of its own. */
    @Test
    void emptyIsNone(ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.clean(server, fleet.device())) {
            wire.send(Bytes.subscribe(1, "", 0));
            assertThat(wire.next(Packet.SUBACK).reasons()).containsExactly(0x8F);
            assertThat(wire.send(Bytes.publish0("", "x")).disconnected()).isEqualTo(0x82);
        }
    }

    /** [MQTT-4.7.3-2] */
    @Test
    void withTheNullCharacterIsNone(ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.clean(server, fleet.device())) {
            assertThat(wire.send(Bytes.publish0("/a\0b", "x")).disconnected()).isEqualTo(0x90);
        }
        try (Wire wire = Wire.clean(server, fleet.device())) {
            assertThat(wire.send(Bytes.subscribe(1, "/a\0b", 0)).disconnected()).isEqualTo(0x81);
        }
    }

    /** [MQTT-4.7.3-4]: byte by byte. */
    @Test
    void differByCaseAndBySlash(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device(Map.of("user/both", "ALL", "user/Both", "PUB", "user/both/a", "PUB"));
        try (Wire wire = Wire.clean(server, device).subscribed(device.topic("user/both"))) {
            wire.send(Bytes.publish0(device.topic("user/Both"), "1"), Bytes.publish0(device.topic("user/both/a"), "2"),
                    Bytes.publish1(device.topic("user/both/"), 1, "3"), Bytes.publish1(device.topic("user//both"), 2, "4"));
            assertThat(wire.next(Packet.PUBACK).reason()).isEqualTo(0x87);
            assertThat(wire.next(Packet.PUBACK).reason()).isEqualTo(0x87);
            assertThat(wire.send(Bytes.publish0(device.topic("user/both"), "5")).next(Packet.PUBLISH).payload())
                    .isEqualTo("5");
        }
    }
}
