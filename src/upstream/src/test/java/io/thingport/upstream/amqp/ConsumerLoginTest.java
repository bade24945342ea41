package io.thingport.upstream.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.platform.access.SignMethod;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsumerLoginTest {

    private static final ConsumerLogin LOGIN = new ConsumerLogin("me", "testid", SignMethod.HMAC_SHA1, "1573489088171", "g1");

    @ParameterizedTest
    @ValueSource(strings = {
        "me|authMode=aksign,signMethod=hmacsha1,timestamp=1573489088171,authId=testid,iotInstanceId=,consumerGroupId=g1|",
        "me|authMode=aksign,signMethod=hmacsha1,consumerGroupId=g1,authId=testid,timestamp=1573489088171|",
        "me|consumerGroupId=g1,timestamp=1573489088171,authId=testid,signMethod=Hmacsha1,authMode=aksign|",
        "me|authMode=aksign,signMethod=HMACSHA1,timestamp=1573489088171,authId=testid,consumerGroupId=g1,novel=a=b==|",
        "me|authMode=aksign,signMethod=hmacsha1,timestamp=1573489088171,authId=testid,consumerGroupId=g1,|"})
    void theOrderOfThePairsAndUnknownOnesMeanNothing(String userName) throws LoginException {
        assertThat(ConsumerLogin.parse(userName)).isEqualTo(LOGIN);
    }

    @Test
    void theTimestampIsNotComparedWithAnyClock() throws LoginException {
        assertThat(ConsumerLogin.parse(
                "me|authMode=aksign,signMethod=hmacsha1,timestamp=7,authId=testid,consumerGroupId=g1|").timestamp())
                .isEqualTo("7");
    }

    @ParameterizedTest
    @CsvSource({
        "HMAC_MD5, I/Tb6mPPa1CH7tc+1vO7lQ==",
        "HMAC_SHA1, RG+3WYzI9qDD0P9m6ER+maK4yH0=",
        "HMAC_SHA256, dAMr0c09P/ECCozeLuJydCVfplDP8RzdvNouS3nf3EA="})
    void theSignedTextGivesTheKnownSignatures(SignMethod method, String signature) {
        byte[] mac = method.mac("testsecret".getBytes(StandardCharsets.UTF_8),
                LOGIN.signedText().getBytes(StandardCharsets.UTF_8));

        assertThat(Base64.getEncoder().encodeToString(mac)).isEqualTo(signature);
    }

    @Test
    void aTokenOfTheCloudIsRefusedByName() {
        assertThatThrownBy(() -> ConsumerLogin.parse("me|authMode=ststoken,securityToken=a==,signMethod=hmacsha1,"
                + "timestamp=1,authId=testid,consumerGroupId=g1|"))
                .isInstanceOf(LoginException.class).hasMessageContaining("ststoken");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "''; form",
        "|; form",
        "me; form",
        "me|; form",
        "me|x; form",
        "me|x|; form",
        "me|=x|; form",
        "|authMode=aksign|; client id",
        "me|signMethod=hmacsha1|; lacks authMode",
        "me|authMode=aksign|; lacks signMethod",
        "me|authMode=aksign,signMethod=plain|; signMethod",
        "me|authMode=aksign,signMethod=hmacsha1|; lacks consumerGroupId",
        "me|authMode=aksign,signMethod=hmacsha1,consumerGroupId=a/b|; consumerGroupId",
        "me|authMode=aksign,signMethod=hmacsha1,consumerGroupId=g,timestamp=1|; lacks authId",
        "me|authMode=aksign,signMethod=hmacsha1,consumerGroupId=g,authId=a|; lacks timestamp"})
    void whatIsWrongIsNamed(String userName, String named) {
        assertThatThrownBy(() -> ConsumerLogin.parse(userName)).isInstanceOf(LoginException.class)
                .hasMessageContaining(named);
    }

    @Test
    void aClientIdHas64CharactersAtMost() {
        assertThatThrownBy(() -> ConsumerLogin.parse("m".repeat(65) + "|authMode=aksign|"))
                .isInstanceOf(LoginException.class).hasMessageContaining("client id");
    }
}
