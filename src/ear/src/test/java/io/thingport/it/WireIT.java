package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes themselves, where the devices' SDKs depend on them. */
@Tag("once")
@ExtendWith(SharedServer.class)
class WireIT {

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void connackOf3xHasNoSessionPresent(int level, ThingportServer server, Fleet fleet) throws Exception {
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(RawConnection.connect(level, fleet.device().login()));
            assertThat(raw.read(4)).isEqualTo("20 02 00 00");
        }
    }

    @Test
    void connackOf5HasFlagsZeroAndThePropertiesThatSayWhatIsNotSupported(ThingportServer server, Fleet fleet)
            throws Exception {
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(RawConnection.connect(5, fleet.device().login()));
            assertThat(raw.readPacket()).startsWith("20 ").matches("20 .. 00 00 .*")
                    .contains("24 01").contains("25 00").contains("29 00").contains("2a 00");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void subackOf3xGrantsOneWhateverWasAsked(int qos, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(RawConnection.connect(4, device.login())).read(4);
            raw.send(RawConnection.subscribe(4, qos, device.topic("user/get")));
            assertThat(raw.readPacket()).isEqualTo("90 03 00 0a 01");
        }
    }

    @Test
    void subackOf5HasAPropertyLength(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(RawConnection.connect(5, device.login())).readPacket();
            raw.send(RawConnection.subscribe(5, 2, device.topic("user/get")));
            assertThat(raw.readPacket()).isEqualTo("90 04 00 0a 00 01");
        }
    }

    @Test
    void eachFilterIsAnsweredInItsPlace(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(RawConnection.connect(4, device.login())).read(4);
            raw.send(RawConnection.subscribe(4, 1, device.topic("user/get"), "/not/mine", "bad#",
                    device.system("rrpc/request/+")));
            assertThat(raw.readPacket()).isEqualTo("90 06 00 0a 01 80 80 01");
        }
    }

    @Test
    void pubackOf3xIsTwoBytesOfPacketId(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(RawConnection.connect(4, device.login())).read(4);
            raw.send(RawConnection.publish(4, 0b0010, device.topic("user/update"), 0x1234, "x"));
            assertThat(raw.readPacket()).isEqualTo("40 02 12 34");
        }
    }

    @Test
    void pingIsAnswered(ThingportServer server, Fleet fleet) throws Exception {
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(RawConnection.connect(4, fleet.device().login())).read(4);
            raw.send("c0 00");
            assertThat(raw.read(2)).isEqualTo("d0 00");
        }
    }

    /** [MQTT-3.1.0-1] */
    @ParameterizedTest
    @ValueSource(strings = {"c0 00", "30 03 00 01 61", "82 06 00 01 00 01 61 00", "47 45 54 20 2f 20"})
    void anythingBeforeConnectClosesWithoutConnack(String bytes, ThingportServer server) throws Exception {
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(bytes);
            assertThat(raw.closedSilently()).isTrue();
        }
    }

    /** [MQTT-3.1.2-2] */
    @Test
    void unknownProtocolLevelIsRefused(ThingportServer server, Fleet fleet) throws Exception {
        byte[] connect = RawConnection.connect(4, fleet.device().login());
        try (RawConnection raw = new RawConnection(server)) {
            connect[connect[1] < 0 ? 9 : 8] = 6;
            raw.send(connect);
            assertThat(raw.read(4)).isEqualTo("20 02 00 01");
            assertThat(raw.closedSilently()).isTrue();
        }
    }

    /** [MQTT-3.1.0-2] */
    @Test
    void secondConnectCloses(ThingportServer server, Fleet fleet) throws Exception {
        Login login = fleet.device().login();
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(RawConnection.connect(4, login)).read(4);
            raw.send(RawConnection.connect(4, login));
            assertThat(raw.closedSilently()).isTrue();
        }
    }

    @Test
    void publishAtQos2ClosesIn3x(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(RawConnection.connect(4, device.login())).read(4);
            raw.send(RawConnection.publish(4, 0b0100, device.topic("user/update"), 1, "x"));
            assertThat(raw.closedSilently()).isTrue();
        }
    }

    /** A DISCONNECT of the server has reason code and property length: the vendor's C SDK needs both. */
    @Test
    void publishAtQos2IsToldIn5(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(RawConnection.connect(5, device.login())).readPacket();
            raw.send(RawConnection.publish(5, 0b0100, device.topic("user/update"), 1, "x"));
            assertThat(raw.readPacket()).matches("e0 .. 9b .*");
        }
    }

    @Test
    void retainIsIgnoredIn3x(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device(Map.of("user/both", "ALL"));
        String topic = device.topic("user/both");
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(RawConnection.connect(4, device.login())).read(4);
            raw.send(RawConnection.subscribe(4, 0, topic)).readPacket();
            raw.send(RawConnection.publish(4, 0b0001, topic, 0, "x"));
            assertThat(raw.readPacket()).startsWith("30 ");
        }
    }

    @Test
    void retainIsToldIn5(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(RawConnection.connect(5, device.login())).readPacket();
            raw.send(RawConnection.publish(5, 0b0001, device.topic("user/update"), 0, "x"));
            assertThat(raw.readPacket()).matches("e0 .. 9a .*");
        }
    }

    /** The packet is judged by its fixed header, before any of it is buffered. */
    @Test
    void packetAboveTheMaximumCloses(ThingportServer server, Fleet fleet) throws Exception {
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(RawConnection.connect(4, fleet.device().login())).read(4);
            raw.send("30 ff ff ff 7f");
            assertThat(raw.closedSilently()).isTrue();
        }
    }

    /** Bit 1 of {@code ext}; a client library might lose the notice when the connection ends right after it. */
    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void whoAsksForNoticesIsToldBeforeTheTakeover(int level, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        String notice = RawConnection.hex(RawConnection.publish(level, 0, "/ext/notify", 0,
                "{\"title\":\"kick\",\"content\":\"Kicked by the same device\"}"));
        try (RawConnection older = new RawConnection(server); RawConnection newer = new RawConnection(server)) {
            older.send(RawConnection.connect(level, device.login(SignMethod.HMACSHA256, ",ext=3"))).readPacket();
            newer.send(RawConnection.connect(level, device.login())).readPacket();
            assertThat(older.readPacket()).isEqualTo(notice);
            if (level == 5) {
                assertThat(older.readPacket()).matches("e0 .. 8e .*");
            }
            assertThat(older.closedSilently()).isTrue();
        }
    }
}
