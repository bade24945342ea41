package io.thingport.it.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Login;
import io.thingport.it.PacketBytes;
import io.thingport.it.RawConnection;
import io.thingport.it.ThingportServer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Properties of MQTT 5 in masses, in the wrong place, or of no kind at all. */
class PropertiesIT extends Unnoticed {

    @ParameterizedTest
    @ValueSource(ints = {21, 5000})
    void tooManyUserPropertiesInConnect(int count, ThingportServer server) throws Exception {
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(connect(device.login(), userProperties(count)));
            assertThat(raw.readPacket()).matches("20 .. 00 97 .*");
            assertThat(raw.closedSilently()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {21, 5000, 35_000})
    void tooManyUserPropertiesInPublish(int count, ThingportServer server) throws Exception {
        try (RawConnection raw = connected(server, 5, device)) {
            raw.send(PacketBytes.packet(0x32).text(device.topic("user/update")).number(7)
                    .properties(userProperties(count)).build());
            assertThat(raw.readPacket()).matches("40 .. 00 07 97.*");
            expectAlive(raw);
        }
    }

    @Test
    void thousandsOfUserPropertiesInDisconnect(ThingportServer server) throws Exception {
        try (RawConnection raw = connected(server, 5, device)) {
            raw.send(PacketBytes.packet(0xE0).bytes(0).properties(userProperties(30_000)).build());
            assertThat(raw.readToEnd()).isEmpty();
        }
    }

    /** Each property that is none of a CONNECT, with a value of its kind. */
    @ParameterizedTest
    @ValueSource(strings = {"0101", "0200000001", "03000161", "08000161", "0900020102", "0b01", "12000161", "13003c",
            "1800000001", "1a000161", "1c000161", "1f000161", "230001", "2401", "2501", "2801", "2901", "2a01"})
    void propertyThatConnectDoesNotHave(String property, ThingportServer server) throws Exception {
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(connect(device.login(), HexFormat.of().parseHex(property)));
            assertThat(raw.readPacket()).matches("20 .. 00 8[12] .*");
            assertThat(raw.closedSilently()).isTrue();
        }
    }

    /** Ids that there are not, and ids of more than one byte. */
    @ParameterizedTest
    @ValueSource(strings = {"00", "0400", "0500", "2b00", "7f00", "8001", "ff01", "ffffff7f", "ffffffff", "ff"})
    void propertyOfNoKind(String property, ThingportServer server) throws Exception {
        try (RawConnection raw = connected(server, 5, device)) {
            raw.send(PacketBytes.packet(0x30).text(device.topic("user/update"))
                    .properties(HexFormat.of().parseHex(property)).build());
            expectClosed(raw, 5, "8[12]");
        }
    }

    /** Lengths of properties that go beyond the packet, or are none. */
    @ParameterizedTest
    @CsvSource({"30,7f", "30,ffffff7f", "30,ffffffff7f", "30,80", "32,ffffff7f"})
    void lengthOfPropertiesBeyondThePacket(String first, String length, ThingportServer server)
            throws Exception {
        PacketBytes publish = PacketBytes.packet(HexFormat.fromHexDigits(first)).text(device.topic("user/update"));
        if (first.equals("32")) {
            publish.number(1);
        }
        try (RawConnection raw = connected(server, 5, device)) {
            raw.send(publish.hex(length).build());
            expectClosed(raw, 5, "81");
        }
    }

    private static byte[] userProperties(int count) {
        return PacketBytes.packet(0).hex("26000161000162".repeat(count)).body();
    }

    private static byte[] connect(Login login, byte[] properties) {
        return PacketBytes.connect(5, 0xC2).properties(properties).text(login.clientId()).text(login.userName())
                .text(login.password()).build();
    }
}
