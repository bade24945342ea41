package io.thingport.it.mqtt3;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.Login;
import io.thingport.it.PacketBytes;
import io.thingport.it.Rest;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * CONNECT [MQTT 3.1.1, 3.1].
 *
 * <p>[MQTT-3.1.0-1], [MQTT-3.1.0-2], [MQTT-3.1.2-1], [MQTT-3.1.2-2], [MQTT-3.1.2-3], [MQTT-3.1.2-4], [MQTT-3.1.2-5],
 * [MQTT-3.1.2-6], [MQTT-3.1.2-9], [MQTT-3.1.2-11], [MQTT-3.1.2-13], [MQTT-3.1.2-14], [MQTT-3.1.2-15],
 * [MQTT-3.1.2-18], [MQTT-3.1.2-19], [MQTT-3.1.2-20], [MQTT-3.1.2-21], [MQTT-3.1.2-22], [MQTT-3.1.3-1],
 * [MQTT-3.1.3-3], [MQTT-3.1.3-4], [MQTT-3.1.3-8], [MQTT-3.1.3-9], [MQTT-3.1.3-10], [MQTT-3.1.3-11], [MQTT-3.1.4-1],
 * [MQTT-3.1.4-2], [MQTT-3.1.4-3], [MQTT-3.1.4-4], [MQTT-3.1.4-5].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class ConnectIT {

    private static final String REFUSED_ID = "20 02 00 02";

    /** [MQTT-3.1.0-1] */
    @ParameterizedTest
    @ValueSource(strings = {"c0 00", "e0 00", "30 03 00 01 61", "32 05 00 01 61 00 01", "40 02 00 01", "82 06 00 01 00 01 61 00",
            "a2 05 00 01 00 01 61"})
    void isTheFirstPacket(String packet, ThingportServer server) throws Exception {
        try (Wire wire = Wire.sent(server).send(packet)) {
            wire.closed();
        }
    }

    /** [MQTT-3.1.0-2] */
    @EachVersion
    void aSecondOneCloses(int level, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.clean(server, level, device)) {
            wire.send(Wire.connect(level, Wire.CLEAN, device.login())).closed();
        }
    }

    /** [MQTT-3.1.2-1]: 3.1 has another name than 3.1.1. */
    @ParameterizedTest
    @CsvSource({"mqtt, 4", "MQTTX, 4", "'', 4", "MQIsdq, 3", "MQ, 3"})
    void wrongProtocolNameCloses(String name, int level, ThingportServer server) throws Exception {
        try (Wire wire = Wire.sent(server, PacketBytes.packet(0x10).text(name).bytes(level, 2).number(60).text("x").build())) {
            wire.closed();
        }
    }

    /** [MQTT-3.1.2-2] */
    @ParameterizedTest
    @CsvSource({"MQTT, 0", "MQTT, 3", "MQTT, 6", "MQTT, 127", "MQIsdp, 4", "MQIsdp, 2"})
    void unknownLevelIsRefused(String name, int level, ThingportServer server) throws Exception {
        try (Wire wire = Wire.sent(server, PacketBytes.packet(0x10).text(name).bytes(level, 2).number(60).text("x").build())) {
            wire.expect("20 02 00 01").closed();
        }
    }

    /** [MQTT-3.1.2-3]; 3.1 does not use the bit. */
    @Test
    void reservedFlagCloses(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.sent(server, Wire.connect(4, Wire.CLEAN | 1, device.login()))) {
            wire.closed();
        }
        try (Wire wire = Wire.sent(server, Wire.connect(3, Wire.CLEAN | 1, device.login()))) {
            wire.expect(Wire.ACCEPTED);
        }
    }

    /** [MQTT-3.1.2-4], [MQTT-3.1.2-5]: subscriptions and what came for them, over another version as well. */
    @ParameterizedTest
    @CsvSource({"3, 3", "3, 4", "4, 3", "4, 4"})
    void keptSessionGoesOn(int before, int after, ThingportServer server, Fleet fleet, Rest rest) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.kept(server, before, device)) {
            wire.subscribed(device.topic("user/get")).disconnected();
        }
        assertThat(Wire.pub(rest, device, "stored")).isEqualTo("stored");
        try (Wire wire = Wire.kept(server, after, device)) {
            int id = wire.expectPublish(0x32, "stored");
            wire.puback(id);
            assertThat(Wire.pub(rest, device, "more")).isEqualTo("sent");
            wire.expectPublish(0x32, "more");
        }
    }

    /** [MQTT-3.1.2-6], [MQTT-3.1.4-3]: it begins empty, and nothing of it is left behind. */
    @EachVersion
    void cleanSessionForgets(int level, ThingportServer server, Fleet fleet, Rest rest) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.kept(server, level, device)) {
            wire.subscribed(device.topic("user/get"));
        }
        try (Wire wire = Wire.clean(server, level, device)) {
            assertThat(Wire.pub(rest, device, "x")).isEqualTo("not-subscribed");
            wire.subscribed(device.topic("user/get"));
        }
        try (Wire wire = Wire.sent(server, Wire.connect(level, Wire.KEPT, device.login()))) {
            wire.expect(Wire.ACCEPTED);
            assertThat(Wire.pub(rest, device, "x")).isEqualTo("not-subscribed");
        }
    }

    /** [MQTT-3.1.2-9], [MQTT-3.1.3-1]: the fields are where their flags and their order say; the will is passed over. */
    @EachVersion
    void willFieldsArePresentInTheirOrder(int level, ThingportServer server, Fleet fleet) throws Exception {
        Login login = fleet.device().login();
        try (Wire wire = Wire.sent(server, PacketBytes.connect(level, Wire.CLEAN | 0x04).text(login.clientId()).text("/will")
                .text("gone").text(login.userName()).text(login.password()).build())) {
            wire.expect(Wire.ACCEPTED);
        }
        try (Wire wire = Wire.sent(server, Wire.connect(level, Wire.CLEAN | 0x04, login))) {
            wire.closed();
        }
    }

    /** [MQTT-3.1.2-11], [MQTT-3.1.2-13], [MQTT-3.1.2-15]; 3.1 does not forbid the flags. */
    @ParameterizedTest
    @ValueSource(ints = {0x08, 0x10, 0x20, 0x28})
    void willFlagsWithoutAWillClose(int flags, ThingportServer server, Fleet fleet) throws Exception {
        Login login = fleet.device().login();
        try (Wire wire = Wire.sent(server, Wire.connect(4, Wire.CLEAN | flags, login))) {
            wire.closed();
        }
        try (Wire wire = Wire.sent(server, PacketBytes.connect(4, Wire.CLEAN).text(login.clientId()).text("/will").text("gone")
                .text(login.userName()).text(login.password()).build())) {
            wire.closed();
        }
    }

    /** [MQTT-3.1.2-14] */
    @EachVersion
    void willQos3Closes(int level, ThingportServer server, Fleet fleet) throws Exception {
        Login login = fleet.device().login();
        try (Wire wire = Wire.sent(server, PacketBytes.connect(level, Wire.CLEAN | 0x1C).text(login.clientId()).text("/will")
                .text("gone").text(login.userName()).text(login.password()).build())) {
            wire.closed();
        }
    }

    /** [MQTT-3.1.2-18], [MQTT-3.1.2-20]: what no flag announces is too much. */
    @ParameterizedTest
    @CsvSource({"3, 2", "4, 2", "3, 130", "4, 130"})
    void fieldsWithoutTheirFlagClose(int level, int flags, ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.sent(server, Wire.connect(level, flags, fleet.device().login()))) {
            wire.closed();
        }
    }

    /** [MQTT-3.1.2-19], [MQTT-3.1.2-21]: what a flag announces is missing. */
    @EachVersion
    void flagsWithoutTheirFieldsClose(int level, ThingportServer server, Fleet fleet) throws Exception {
        Login login = fleet.device().login();
        try (Wire wire = Wire.sent(server, PacketBytes.connect(level, Wire.CLEAN).text(login.clientId()).build())) {
            wire.closed();
        }
        try (Wire wire = Wire.sent(server, PacketBytes.connect(level, Wire.CLEAN).text(login.clientId())
                .text(login.userName()).build())) {
            wire.closed();
        }
    }

    /** [MQTT-3.1.2-22] */
    @EachVersion
    void passwordWithoutUserNameCloses(int level, ThingportServer server, Fleet fleet) throws Exception {
        Login login = fleet.device().login();
        try (Wire wire = Wire.sent(server, PacketBytes.connect(level, 0x42).text(login.clientId()).text(login.password())
                .build())) {
            wire.closed();
        }
    }

    /** [MQTT-3.1.3-3] */
    @EachVersion
    void withoutAClientIdentifierCloses(int level, ThingportServer server) throws Exception {
        try (Wire wire = Wire.sent(server, PacketBytes.connect(level, 0x02).build())) {
            wire.closed();
        }
    }

    /** [MQTT-3.1.3-4], [MQTT-3.1.3-10], [MQTT-3.1.3-11]: client identifier, will topic, user name. */
    @ParameterizedTest
    @CsvSource({"3, 0", "4, 0", "3, 1", "4, 1", "3, 2", "4, 2"})
    void textIsUtf8(int level, int wrong, ThingportServer server, Fleet fleet) throws Exception {
        Login login = fleet.device().login();
        PacketBytes connect = PacketBytes.connect(level, Wire.CLEAN | 0x04);
        connect = wrong == 0 ? connect.hex(Wire.SURROGATE) : connect.text(login.clientId());
        connect = wrong == 1 ? connect.hex(Wire.SURROGATE) : connect.text("/will");
        connect.text("gone");
        connect = wrong == 2 ? connect.hex(Wire.SURROGATE) : connect.text(login.userName());
        try (Wire wire = Wire.sent(server, connect.text(login.password()).build())) {
            wire.closed();
        }
    }

    /** [MQTT-3.1.3-8], [MQTT-3.1.3-9]: of no length, or not as the dialect writes it. */
    @ParameterizedTest
    @CsvSource({"3, ''", "4, ''", "3, abc", "4, abc", "4, |securemode=3|"})
    void clientIdentifierThatIsRejected(int level, String id, ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.sent(server, Wire.connect(level, Wire.KEPT, fleet.device().login().clientId(id)))) {
            wire.expect(REFUSED_ID).closed();
        }
    }

    /** [MQTT-3.1.4-1]: no CONNACK for what is none. */
    @ParameterizedTest
    @ValueSource(strings = {"10 00", "10 04 00 04 4d 51", "10 0a 00 04 4d 51 54 54 04 02 00 3c",
            "10 0e 00 04 4d 51 54 54 04 02 00 3c 00 01 61 00"})
    void malformedOneIsNotAnswered(String connect, ThingportServer server) throws Exception {
        try (Wire wire = Wire.sent(server).send(connect)) {
            wire.closed();
        }
    }

    /** [MQTT-3.1.4-2]: over another version as well. */
    @ParameterizedTest
    @CsvSource({"3, 3", "3, 4", "4, 3", "4, 4"})
    void theOlderConnectionOfADeviceCloses(int before, int after, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire older = Wire.clean(server, before, device); Wire newer = Wire.clean(server, after, device)) {
            older.closed();
            newer.hasNothingElse();
        }
    }

    /** [MQTT-3.1.4-4]; what comes behind it without waiting is processed. */
    @EachVersion
    void isAnsweredAndWhatFollowsIsProcessed(int level, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.sent(server, Wire.connect(level, Wire.CLEAN, device.login()),
                Wire.publish1(device.topic("user/update"), 5, "x"))) {
            wire.expect(Wire.ACCEPTED).expect("40 02 00 05");
        }
    }

    /** [MQTT-3.1.4-5] */
    @EachVersion
    void behindARefusedOneNothingIsProcessed(int level, ThingportServer server, Fleet fleet, Rest rest) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.sent(server, Wire.connect(level, Wire.KEPT, device.login().password("0")),
                Wire.subscribe(1, device.topic("user/get")), Wire.publish1(device.topic("user/update"), 5, "x"))) {
            wire.expect("20 02 00 04").closed();
            assertThat(Wire.pub(rest, device, "x")).isEqualTo("no-session");
        }
    }
}
