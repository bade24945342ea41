package io.thingport.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.secrets.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PskIdentityTest {

    private static final DeviceKey LAMP = new DeviceKey("a1Qx7Lm2Zt9", "lamp_01");

    @Test
    void theKeyIsTheTextOfTheMacInUpperCase() {
        PskIdentity identity = PskIdentity.parse("devicename|hmacsha256|a1Qx7Lm2Zt9&lamp_01|2524608000000").orElseThrow();

        byte[] key = identity.key(Secret.of("7f3c9a5e1b8d4260a7c5e3f19b2d8640"));

        assertThat(new String(key, StandardCharsets.US_ASCII))
                .isEqualTo("97FB7C1F9003C6DC8B2728ADAE278AC5BA301B29F8C1F0AB62658CB80170C74B");
    }

    @Test
    void namesAreReadInWhateverCase() {
        assertThat(PskIdentity.parse("deviceName|HmacSHA1|a1Qx7Lm2Zt9&lamp_01|7"))
                .isEqualTo(Optional.of(new PskIdentity(LAMP, SignMethod.HMAC_SHA1, "7")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "|||", "devicename|hmacsha256|a1Qx7Lm2Zt9&lamp_01", "id2|hmacsha256|a1Qx7Lm2Zt9&lamp_01|7",
        "devicename|sha256|a1Qx7Lm2Zt9&lamp_01|7", "devicename|hmacsha256|a1Qx7Lm2Zt9lamp_01|7",
        "devicename|hmacsha256|a1Qx7Lm2Zt9&lamp/01|7", "devicename|hmacsha256|&lamp_01|7",
        "devicename|hmacsha256|a1Qx7Lm2Zt9&lamp_01|7|"})
    void anythingElseIsNone(String text) {
        assertThat(PskIdentity.parse(text)).isEmpty();
    }
}
