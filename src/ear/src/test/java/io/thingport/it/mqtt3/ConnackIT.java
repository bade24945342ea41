package io.thingport.it.mqtt3;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.Login;
import io.thingport.it.PacketBytes;
import io.thingport.it.Rest;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * CONNACK [MQTT 3.1.1, 3.2].
 *
 * <p>[MQTT-3.2.0-1], [MQTT-3.2.2-1], [MQTT-3.2.2-2], [MQTT-3.2.2-3], [MQTT-3.2.2-4], [MQTT-3.2.2-5], [MQTT-3.2.2-6].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class ConnackIT {

    /** [MQTT-3.2.0-1]: also when messages wait. */
    @EachVersion
    void isTheFirstPacket(int level, ThingportServer server, Fleet fleet, Rest rest) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.kept(server, level, device)) {
            wire.subscribed(device.topic("user/get")).disconnected();
        }
        Wire.pub(rest, device, "stored");
        try (Wire wire = Wire.kept(server, level, device)) {
            wire.expectPublish(0x32, "stored");
        }
    }

    /** [MQTT-3.2.2-1]: though there was a session. */
    @EachVersion
    void cleanSessionIsNeverPresent(int level, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        Wire.kept(server, level, device).close();
        try (Wire wire = Wire.sent(server, Wire.connect(level, Wire.CLEAN, device.login()))) {
            wire.expect("20 02 00 00");
        }
    }

    /** [MQTT-3.2.2-2], [MQTT-3.2.2-3]; in 3.1 the byte is reserved and stays 0. */
    @EachVersion
    void keptSessionIsPresentFromTheSecondTimeOn(int level, ThingportServer server, Fleet fleet) throws Exception {
        byte[] connect = Wire.connect(level, Wire.KEPT, fleet.device().login());
        try (Wire wire = Wire.sent(server, connect)) {
            wire.expect("20 02 00 00");
        }
        try (Wire wire = Wire.sent(server, connect)) {
            wire.expect(level == 3 ? "20 02 00 00" : "20 02 01 00");
        }
    }

    /** [MQTT-3.2.2-4], [MQTT-3.2.2-5]: level, identifier, credentials, permission; a session that is there is not shown. */
    @EachVersion
    void refusalShowsNoSessionAndCloses(int level, ThingportServer server, Fleet fleet, Rest rest) throws Exception {
        Device device = fleet.device();
        Wire.kept(server, level, device).close();
        Login login = device.login();
        byte[] unknownLevel = Wire.connect(level, Wire.KEPT, login);
        unknownLevel[level == 3 ? 11 : 9] = 9;
        refused(server, unknownLevel, "01");
        refused(server, Wire.connect(level, Wire.KEPT, login.clientId("x")), "02");
        refused(server, Wire.connect(level, Wire.KEPT, login.password("x")), "04");
        rest.send("POST", device.path() + "/disable", "");
        refused(server, Wire.connect(level, Wire.KEPT, login), "05");
    }

    /** [MQTT-3.2.2-6]: there is no code for one that is too large. */
    @EachVersion
    void whatNoCodeFitsClosesSilently(int level, ThingportServer server, Fleet fleet) throws Exception {
        Login login = fleet.device().login();
        byte[] connect = PacketBytes.connect(level, Wire.CLEAN | 0x04).text(login.clientId()).text("/will")
                .text("x".repeat(65_400)).text(login.userName()).text(login.password()).build();
        try (Wire wire = Wire.sent(server, Arrays.copyOf(connect, 5))) {
            wire.closed();
        }
    }

    private static void refused(ThingportServer server, byte[] connect, String code) throws Exception {
        try (Wire wire = Wire.sent(server, connect)) {
            wire.expect("20 02 00 " + code).closed();
        }
    }
}
