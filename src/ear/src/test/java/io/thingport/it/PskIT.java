package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS with a pre-shared key, as mosquitto's clients and OpenSSL speak it; where these are not installed, nothing. */
@Tag("once")
@ExtendWith(SharedServer.class)
class PskIT {

    private static final String TIMESTAMP = "2524608000000";

    @Test
    void aClientWithTheDevicesKeyPublishes(Fleet fleet) throws Exception {
        Device device = fleet.device();

        assertThat(mosquitto(device, device.login(), key(device))).isEqualTo("0 ");
    }

    @Test
    void aWrongKeyEndsTheHandshake(Fleet fleet) throws Exception {
        Device device = fleet.device();

        assertThat(mosquitto(device, device.login(), "00".repeat(64))).doesNotStartWith("0").contains("TLS");
    }

    @Test
    void connectIsThatOfTheDeviceWhoseKeyItIs(Fleet fleet) throws Exception {
        Device device = fleet.device();
        Device other = fleet.device(device.productKey());

        assertThat(mosquitto(device, other.login(), key(device))).contains("not authorised");
    }

    @Test
    void theSignatureIsCheckedInsideToo(Fleet fleet) throws Exception {
        Device device = fleet.device();

        assertThat(mosquitto(device, device.login().password("00".repeat(32)), key(device)))
                .contains("bad user name or password");
    }

    /** The first is all that the vendor's C SDK offers. */
    @ParameterizedTest
    @ValueSource(strings = {"PSK-AES128-CBC-SHA", "PSK-AES256-CBC-SHA", "PSK-AES128-GCM-SHA256", "PSK-AES256-GCM-SHA384",
        "ECDHE-PSK-AES128-CBC-SHA256"})
    void everySuiteLeadsToConnack(String suite, Fleet fleet) throws Exception {
        Device device = fleet.device();

        assertThat(openssl(device, "-tls1_2", "-cipher", suite)).isEqualTo("20 02 00 00");
    }

    @Test
    void smallFragmentsAreAgreedOn(Fleet fleet) throws Exception {
        Device device = fleet.device();

        assertThat(openssl(device, "-tls1_2", "-maxfraglen", "512")).isEqualTo("20 02 00 00");
    }

    @Test
    void withoutAPreSharedKeyThereIsNoHandshake(Fleet fleet) throws Exception {
        Device device = fleet.device();

        assertThat(openssl(device, "-tls1_2", "-cipher", "AES128-SHA")).isEmpty();
    }

    private static String identity(Device device) {
        return "devicename|hmacsha256|" + device.productKey() + "&" + device.name() + "|" + TIMESTAMP;
    }

    /** In hexadecimal, of text that is hexadecimal. */
    private static String key(Device device) {
        String text = SignMethod.HMACSHA256.sign(device.secret(),
                "id" + device.productKey() + "&" + device.name() + "timestamp" + TIMESTAMP).toUpperCase(Locale.ROOT);
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** How mosquitto_pub ended, and what it said. */
    private static String mosquitto(Device device, Login login, String key) throws Exception {
        return PublicTools.mosquittoPub(device, login, List.of("-h", "127.0.0.1", "-p", Integer.toString(Listeners.PSK),
                "--psk-identity", identity(device), "--psk", key));
    }

    /** The first four bytes that come back for a CONNECT; none when the connection ends. */
    private static String openssl(Device device, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of("-psk_identity", identity(device), "-psk", key(device)));
        all.addAll(List.of(options));
        return PublicTools.openssl(Listeners.PSK, device.login(), all);
    }
}
