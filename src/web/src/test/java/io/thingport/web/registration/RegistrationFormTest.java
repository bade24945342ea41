package io.thingport.web.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.access.RegistrationRequest;
import io.thingport.platform.access.RegistrationRequest.Wanted;
import io.thingport.platform.access.SignMethod;
import io.thingport.platform.secrets.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationFormTest {

    private static final String FORM = "productKey=a1Qx7Lm2Zt9&deviceName=lamp_01&random=567345"
            + "&sign=31ef6eb9920b98c9e53e8988c143dd6a87e6e4503ee1aede37a3c269bae03975&signMethod=HmacSHA256";

    @Test
    void aFormIsARequestForASecret() {
        RegistrationRequest request = new RegistrationForm(FORM).request().orElseThrow();

        assertThat(request.device()).isEqualTo(new DeviceKey("a1Qx7Lm2Zt9", "lamp_01"));
        assertThat(request.wanted()).isEqualTo(Wanted.SECRET);
        assertThat(request.signMethod()).isEqualTo(SignMethod.HMAC_SHA256);
        assertThat(request.isSignedWith(Secret.of("PsEcReT0123456789"))).isTrue();
    }

    @Test
    void fieldsComeInAnyOrderEscapedAndWithOthers() {
        RegistrationForm form = new RegistrationForm(
                "x=&signMethod=hmacmd5&sign=00&random=a%20b&deviceName=lamp%4001&productKey=a1&=y&z\r\n");
        assertThat(form.request().orElseThrow().device()).isEqualTo(new DeviceKey("a1", "lamp@01"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"productKey=a1Qx7Lm2Zt9", "deviceName=lamp_01", "random=567345", "signMethod=HmacSHA256"})
    void nothingMayBeMissing(String field) {
        assertThat(new RegistrationForm(FORM).isComplete()).isTrue();
        assertThat(new RegistrationForm(FORM.replace(field, "x=y")).isComplete()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&", "=", "productKey", "%", "productKey=%4", "%zz=1"})
    void whatIsNoFormIsIncomplete(String body) {
        assertThat(new RegistrationForm(body).isComplete()).isFalse();
    }

    @Test
    void namesThatCannotExistAreIncomplete() {
        assertThat(new RegistrationForm(FORM.replace("lamp_01", "lamp/01")).isComplete()).isFalse();
    }

    @Test
    void anUnknownMethodMakesNoRequest() {
        assertThat(new RegistrationForm(FORM.replace("HmacSHA256", "rot13")).request()).isEmpty();
    }
}
