package io.thingport.it.mqtt3;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.Login;
import io.thingport.it.PacketBytes;
import io.thingport.it.SharedServer;
import io.thingport.it.SignMethod;
import io.thingport.it.ThingportServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Text in UTF-8 [MQTT 3.1.1, 1.5.3].
 *
 * <p>[MQTT-1.5.3-1], [MQTT-1.5.3-2], [MQTT-1.5.3-3].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class DataRepresentationIT {

    /** [MQTT-1.5.3-1]: a surrogate, an overlong form, a torn character, beyond Unicode. */
    @ParameterizedTest
    @CsvSource({"3, eda080", "4, eda080", "4, edbfbf", "3, c0af", "4, c0af", "4, e28c", "4, f4908080", "4, ff"})
    void illFormedTextCloses(int level, String hex, ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.clean(server, level, fleet.device())) {
            wire.send(PacketBytes.packet(0x82).number(1).number(hex.length() / 2).hex(hex).bytes(0).build()).closed();
        }
    }

    /** [MQTT-1.5.3-2] */
    @EachVersion
    void theNullCharacterCloses(int level, ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.clean(server, level, fleet.device())) {
            wire.send(Wire.subscribe(0, "/a\0b")).closed();
        }
    }

    /** [MQTT-1.5.3-3]: the client identifier is signed with it; were it stripped off, the signature would be wrong. */
    @EachVersion
    void theZeroWidthNoBreakSpaceIsKept(int level, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        String base = "\uFEFFid";
        Login login = new Login(base + "|securemode=3,signmethod=hmacsha256|", device.login().userName(),
                SignMethod.HMACSHA256.sign(device.secret(), "clientId" + base + "deviceName" + device.name()
                        + "productKey" + device.productKey()), 60);
        try (Wire wire = Wire.sent(server, Wire.connect(level, Wire.CLEAN, login))) {
            wire.expect(Wire.ACCEPTED);
        }
    }
}
