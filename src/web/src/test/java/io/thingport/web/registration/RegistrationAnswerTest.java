package io.thingport.web.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.registry.RegistrationResult.Refused;
import io.thingport.platform.registry.RegistrationResult.WithSecret;
import io.thingport.platform.secrets.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrationAnswerTest {

    @Test
    void aSecretIsAnsweredAsTheVendorDoes() {
        RegistrationAnswer answer = RegistrationAnswer.of(
                new WithSecret(new DeviceKey("a1Qx7Lm2Zt9", "lamp_01"), Secret.of("0011223344556677")));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).isEqualTo("{\"code\":200,\"data\":{\"productKey\":\"a1Qx7Lm2Zt9\","
                + "\"deviceName\":\"lamp_01\",\"deviceSecret\":\"0011223344556677\"},\"message\":\"success\"}");
    }

    @ParameterizedTest
    @CsvSource({"UNPROVEN, 200, 6600", "SWITCHED_OFF, 200, 6288", "ACTIVATED, 200, 6289", "UNAVAILABLE, 200, 500",
        "DISABLED, 403, 403", "TOO_OFTEN, 429, 429"})
    void whatIsRefusedHasItsCode(Refused why, int status, int code) {
        RegistrationAnswer answer = RegistrationAnswer.of(why);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json()).startsWith("{\"code\":" + code + ",\"message\":");
    }

    @Test
    void anAnswerPrintsNoSecret() {
        assertThat(RegistrationAnswer.of(new WithSecret(new DeviceKey("a1Qx7Lm2Zt9", "lamp_01"),
                Secret.of("0011223344556677"))).toString()).doesNotContain("0011223344556677");
    }
}
