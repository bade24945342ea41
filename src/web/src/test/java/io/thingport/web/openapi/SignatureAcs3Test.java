package io.thingport.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.platform.secrets.Secret;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureAcs3Test {

    private static final Secret SECRET = Secret.of("testsecret");
    private static final String QUERY = "ProductKey=a1AbCdEfGhI&Qos=1&TopicFullName=%2Fa1AbCdEfGhI%2Fdevice1%2Fuser%2Fget"
            + "&UserProp.1.Key=k+1*&UserProp.1.Value=v~%27!(%E4%B8%AD)";
    private static final String BODY = "MessageContent=aGVsbG8gd29ybGQ%3D";
    private static final String SIGNED =
            "content-type;host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version";
    private static final String SIGNATURE = "009ada089ece6b93bc336a66181e9b39e143cb6bd010ed3b5fd25d8d926ea5be";

    private static Map<String, String> headers() {
        return new HashMap<>(Map.of("Host", "127.0.0.1:8080", "x-acs-version", "2018-01-20", "x-acs-action", "Pub",
                "x-acs-date", "2024-01-02T03:04:05Z", "x-acs-signature-nonce", "nonce-0003",
                "Content-Type", "application/x-www-form-urlencoded",
                "x-acs-content-sha256", "6f8fa19ad9d28b5de468addb599cdd298a11d7c16a086fc752636406773ccd2b",
                "Authorization", authorization(SIGNED, SIGNATURE)));
    }

    private static String authorization(String signedHeaders, String signature) {
        return "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=" + signedHeaders + ",Signature=" + signature;
    }

    private static SignatureAcs3 signature(String query, Map<String, String> headers, String body) {
        return new SignatureAcs3(Calls.call("POST", query, headers, body),
                new Parameters().add(query.getBytes(StandardCharsets.ISO_8859_1)).all());
    }

    private static void assertRefused(Map<String, String> headers, GatewayError error) {
        assertThatThrownBy(() -> signature(QUERY, headers, BODY)).isInstanceOfSatisfying(GatewayException.class,
                e -> assertThat(e.error()).isEqualTo(error));
    }

    @Test
    void aSignedRequestHolds() {
        SignatureAcs3 signature = signature(QUERY, headers(), BODY);

        assertThat(signature.isMadeWith(SECRET)).isTrue();
        assertThat(signature.accessKeyId()).isEqualTo("testid");
        assertThat(signature.stringToSign()).isEqualTo(
                "ACS3-HMAC-SHA256\nde167a8fde4af07e603d30ffa4f1780ebc305219a698da865c36e40f138a94e1");
    }

    @Test
    void anotherSecretDoesNotHold() {
        assertThat(signature(QUERY, headers(), BODY).isMadeWith(Secret.of("testsecreT"))).isFalse();
    }

    @Test
    void anotherQueryDoesNotHold() {
        assertThat(signature(QUERY + "&Qos2=1", headers(), BODY).isMadeWith(SECRET)).isFalse();
    }

    @Test
    void anotherHostDoesNotHold() {
        Map<String, String> headers = headers();
        headers.put("Host", "127.0.0.1");
        assertThat(signature(QUERY, headers, BODY).isMadeWith(SECRET)).isFalse();
    }

    @Test
    void anotherBodyIsRefused() {
        assertThatThrownBy(() -> signature(QUERY, headers(), BODY + "&Retained=true")).isInstanceOfSatisfying(
                GatewayException.class, e -> assertThat(e.error()).isEqualTo(GatewayError.INCOMPLETE_SIGNATURE));
    }

    @Test
    void thePartsOfTheHeaderComeInAnyOrder() {
        Map<String, String> headers = headers();
        headers.put("Authorization", "ACS3-HMAC-SHA256 Signature=" + SIGNATURE + ", SignedHeaders=" + SIGNED
                + ", Credential=testid");
        assertThat(signature(QUERY, headers, BODY).isMadeWith(SECRET)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce",
            "x-acs-content-sha256"})
    void whatDecidesHasToBeSigned(String name) {
        Map<String, String> headers = headers();
        headers.put("Authorization", authorization(SIGNED.replace(";" + name, ""), SIGNATURE));
        assertRefused(headers, GatewayError.INCOMPLETE_SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-acs-date", "x-acs-signature-nonce"})
    void whatIsSignedHasToBeThere(String name) {
        Map<String, String> headers = headers();
        headers.remove(name);
        assertRefused(headers, GatewayError.MISSING_PARAMETER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACS3-HMAC-SHA256", "ACS3-HMAC-SHA256 ", "ACS3-HMAC-SHA256 Credential=testid",
            "ACS3-HMAC-SHA256 Credential=,SignedHeaders=,Signature=", "ACS3-HMAC-SM3 Credential=a,SignedHeaders=b,Signature=c",
            "ACS3-HMAC-SHA256 ====,,,;;;"})
    void aMalformedHeaderIsRefused(String authorization) {
        Map<String, String> headers = headers();
        headers.put("Authorization", authorization);
        assertRefused(headers, GatewayError.INCOMPLETE_SIGNATURE);
    }
}
