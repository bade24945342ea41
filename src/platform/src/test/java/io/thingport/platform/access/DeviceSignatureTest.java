package io.thingport.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.secrets.Secret;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signatures of known devices, the first with SHA-1 published by Aliyun. */
class DeviceSignatureTest {

    private static final DeviceKey DEVICE = new DeviceKey("pk", "device");
    private static final DeviceKey LAMP = new DeviceKey("a1Qx7Lm2Zt9", "lamp_01");
    private static final Secret LAMP_SECRET = Secret.of("7f3c9a5e1b8d4260a7c5e3f19b2d8640");

    @ParameterizedTest
    @CsvSource({
        "hmacmd5,    14b198324fe55e1d3c88f2e705e201ee",
        "hmacsha1,   fafd82a3d602b37fb0fa8b7892f24a477f851a14",
        "hmacsha256, 6074a46a91b1ebb2cc4ea42790ad0e80202c9843859fc292e57c4eb19fad9e57"})
    void theSecretIsTheTextOfTheKey(String method, String password) {
        assertThat(proves("12345|timestamp=789,signmethod=" + method + "|", DEVICE, password, Secret.of("secret")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "hmacmd5,    4f3aa40936f2bdc20654996c15316898",
        "hmacsha1,   163a9a1dc4ccd0a982b5987932564860cbbadf97",
        "hmacsha256, 981b529ad802479e2aaf9e840f4ef7460b099d6f3abbc6b00e32817c5963cc81"})
    void onlyTheBaseOfTheClientIdentifierIsSigned(String method, String password) {
        assertThat(lampProves("00-16-EA-AE-3C-40|securemode=2,signmethod=" + method + ",timestamp=1700000000000|",
                password)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "hmacmd5,    4abb6f3e3ba1af106eda11cc63bd7a3e",
        "hmacsha1,   b28395b5859f5f555530a287e7d5e9ec96b424d2",
        "hmacsha256, aeaa631c6588aead20d0dce2943fc034409cc3e685f58628d6bc5802580d6d70"})
    void aTimestampThatIsNotGivenIsNotSigned(String method, String password) {
        assertThat(lampProves("00-16-EA-AE-3C-40|securemode=2,signmethod=" + method + "|", password)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "hmacmd5,    a377b12fc654614677562927f4ff90a9",
        "hmacsha1,   c292c456d55f336c0efdd7c284266c8f24dd9f66",
        "hmacsha256, 31ef6eb9920b98c9e53e8988c143dd6a87e6e4503ee1aede37a3c269bae03975",
        "hmacsha256, 31EF6EB9920B98C9E53E8988C143DD6A87E6E4503EE1AEDE37A3C269BAE03975"})
    void aRegistrationIsSignedWithTheProductsSecretAndWhatTheDeviceMadeUp(String method, String signature) {
        assertThat(new RegistrationRequest(LAMP, RegistrationRequest.Wanted.SECRET, SignMethod.of(method).orElseThrow(),
                "567345", signature.getBytes(StandardCharsets.US_ASCII)).isSignedWith(Secret.of("PsEcReT0123456789"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "hmacmd5,    0919eed21a74410dcdd4d108306d35f4",
        "hmacsha1,   3d951ed4a83838b273001abd0bdebc949755ffa7",
        "hmacsha256, d78f290a64de6c1de53c2a29b63087b77052c46cfa7f9cc6e84ac972c5a9a9ce"})
    void whatLinkSdkForCSendsIsProven(String method, String password) {
        assertThat(lampProves("a1Qx7Lm2Zt9.lamp_01|timestamp=2524608000000,_ss=1,_v=sdk-c-4.1.0,securemode=3,signmethod="
                + method + ",ext=3,|", password)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "hmacmd5,    9e9f009efc168bb2d64891783df81334",
        "hmacsha1,   5b021bb56ab60df3753626e7d8504621c809d68c",
        "hmacsha256, 29c5f5709bdf59265f11cdb41c8425cb79c0ff6a30e5f81345bfa4bb6eb1208d"})
    void anEmptyBaseMayBeSignedAsSuch(String method, String password) {
        assertThat(lampProves("|timestamp=2524608000000,signmethod=" + method + "|", password)).isTrue();
    }

    @Test
    void anEmptyBaseMayBeLeftOut() {
        byte[] mac = SignMethod.HMAC_MD5.mac(LAMP_SECRET.utf8(),
                "deviceNamelamp_01productKeya1Qx7Lm2Zt9".getBytes(StandardCharsets.UTF_8));
        assertThat(lampProves("|securemode=3|", HexFormat.of().formatHex(mac))).isTrue();
    }

    @Test
    void aBaseThatIsGivenMayNotBeLeftOut() {
        byte[] mac = SignMethod.HMAC_MD5.mac(LAMP_SECRET.utf8(),
                "deviceNamelamp_01productKeya1Qx7Lm2Zt9".getBytes(StandardCharsets.UTF_8));
        assertThat(lampProves("a|securemode=3|", HexFormat.of().formatHex(mac))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {
        "12345 789 clientId12345deviceNamelamp_01productKeya1Qx7Lm2Zt9timestamp789",
        "12345 - clientId12345deviceNamelamp_01productKeya1Qx7Lm2Zt9",
        "- 789 deviceNamelamp_01productKeya1Qx7Lm2Zt9timestamp789"})
    void namesAndValuesAreSignedInTheOrderOfTheNames(String clientId, String timestamp, String content) {
        assertThat(DeviceSignature.content(given(clientId), LAMP, given(timestamp))).isEqualTo(content);
    }

    @Test
    void theCaseOfThePasswordDoesNotMatter() {
        assertThat(lampProves("00-16-EA-AE-3C-40|signmethod=hmacmd5,timestamp=1700000000000|",
                "4f3aa40936f2bdc20654996c15316898".toUpperCase(Locale.ROOT))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"''", "4f3aa40936f2bdc20654996c1531689", "4f3aa40936f2bdc20654996c15316899", "not hexadecimal",
            "4f3aa40936f2bdc20654996c1531689800"})
    void anyOtherPasswordProvesNothing(String password) {
        assertThat(lampProves("00-16-EA-AE-3C-40|signmethod=hmacmd5,timestamp=1700000000000|", password)).isFalse();
    }

    @Test
    void theMacOfAnotherMethodProvesNothing() {
        assertThat(lampProves("00-16-EA-AE-3C-40|signmethod=hmacsha1,timestamp=1700000000000|",
                "4f3aa40936f2bdc20654996c15316898")).isFalse();
    }

    @Test
    void theTimestampIsSignedLetterByLetter() {
        assertThat(lampProves("00-16-EA-AE-3C-40|signmethod=hmacmd5,timestamp=01700000000000|",
                "4f3aa40936f2bdc20654996c15316898")).isFalse();
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(t -> !t.equals("-"));
    }

    private static boolean lampProves(String clientId, String password) {
        return proves(clientId, LAMP, password, LAMP_SECRET);
    }

    private static boolean proves(String clientId, DeviceKey device, String password, Secret secret) {
        return DeviceSignature.proves(ClientIdentifier.parse(clientId).orElseThrow(), device,
                password.getBytes(StandardCharsets.UTF_8), secret);
    }
}
