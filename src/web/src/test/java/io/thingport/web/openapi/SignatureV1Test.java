package io.thingport.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.platform.secrets.Secret;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureV1Test {

    private static final Secret SECRET = Secret.of("testsecret");

    /** The example of the vendor's documentation. */
    private static SortedMap<String, String> documented() {
        return new TreeMap<>(Map.ofEntries(Map.entry("AccessKeyId", "testid"), Map.entry("MessageContent", "aGVsbG93b3JsZA="),
                Map.entry("Action", "Pub"), Map.entry("Timestamp", "2017-10-02T09:39:41Z"), Map.entry("SignatureVersion", "1.0"),
                Map.entry("ServiceCode", "iot"), Map.entry("Format", "XML"), Map.entry("Qos", "0"),
                Map.entry("SignatureNonce", "0715a395-aedf-4a41-bab7-746b43d38d88"), Map.entry("Version", "2017-04-20"),
                Map.entry("SignatureMethod", "HMAC-SHA1"), Map.entry("RegionId", "cn-shanghai"),
                Map.entry("ProductKey", "12345abcdeZ"), Map.entry("TopicFullName", "/productKey/testdevice/get"),
                Map.entry("Signature", "Y9eWn4nF8QPh3c4zAFkM/k/u7eA=")));
    }

    private static SortedMap<String, String> pub() {
        return new TreeMap<>(Map.ofEntries(Map.entry("AccessKeyId", "testid"), Map.entry("Action", "Pub"),
                Map.entry("Version", "2018-01-20"), Map.entry("Format", "JSON"), Map.entry("SignatureMethod", "HMAC-SHA1"),
                Map.entry("SignatureVersion", "1.0"), Map.entry("SignatureNonce", "nonce-0001"),
                Map.entry("Timestamp", "2024-01-02T03:04:05Z"), Map.entry("RegionId", "cn-shanghai"),
                Map.entry("ProductKey", "a1AbCdEfGhI"), Map.entry("TopicFullName", "/a1AbCdEfGhI/device1/user/get"),
                Map.entry("MessageContent", "aGVsbG8gd29ybGQ="), Map.entry("Qos", "1"),
                Map.entry("Signature", "KQ2p6Hh9xWlFYuSOCwysPDmViH8=")));
    }

    private static SortedMap<String, String> reserved() {
        SortedMap<String, String> parameters = pub();
        parameters.putAll(Map.of("SignatureNonce", "nonce-0002", "Qos", "0", "MessageContent", "5L2g5aW9ICp+IQ==",
                "ResponseTopic", "/a1AbCdEfGhI/device1/user/update", "CorrelationData", "cmVxdWVzdElkMTIzNDU=",
                "UserProp.1.Key", "k 1*", "UserProp.1.Value", "v~'!(中)", "Signature", "cnTVbFHLa9iGKc03v8ueDp+Zt6s="));
        return parameters;
    }

    @Test
    void theDocumentedExampleHolds() {
        assertThat(new SignatureV1("GET", documented()).isMadeWith(SECRET)).isTrue();
    }

    @Test
    void aGetHolds() {
        SignatureV1 signature = new SignatureV1("GET", pub());

        assertThat(signature.isMadeWith(SECRET)).isTrue();
        assertThat(signature.stringToSign()).isEqualTo("GET&%2F&AccessKeyId%3Dtestid%26Action%3DPub%26Format%3DJSON%26"
                + "MessageContent%3DaGVsbG8gd29ybGQ%253D%26ProductKey%3Da1AbCdEfGhI%26Qos%3D1%26RegionId%3Dcn-shanghai%26"
                + "SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3Dnonce-0001%26SignatureVersion%3D1.0%26"
                + "Timestamp%3D2024-01-02T03%253A04%253A05Z%26TopicFullName%3D%252Fa1AbCdEfGhI%252Fdevice1%252Fuser%252Fget%26"
                + "Version%3D2018-01-20");
    }

    @Test
    void reservedCharactersAreEncodedAsRfc3986HasIt() {
        assertThat(new SignatureV1("POST", reserved()).isMadeWith(SECRET)).isTrue();
    }

    @Test
    void theMethodIsSigned() {
        assertThat(new SignatureV1("POST", pub()).isMadeWith(SECRET)).isFalse();
    }

    @Test
    void anotherSecretDoesNotHold() {
        assertThat(new SignatureV1("GET", pub()).isMadeWith(Secret.of("testsecreT"))).isFalse();
    }

    @Test
    void anotherParameterDoesNotHold() {
        SortedMap<String, String> more = pub();
        more.put("Retained", "true");
        assertThat(new SignatureV1("GET", more).isMadeWith(SECRET)).isFalse();
    }

    @Test
    void aParameterWithoutValueNeedNotBeSigned() {
        SortedMap<String, String> more = pub();
        more.put("IotInstanceId", "");
        assertThat(new SignatureV1("GET", more).isMadeWith(SECRET)).isTrue();
    }

    @Test
    void aParameterWithoutValueMayBeSigned() {
        SortedMap<String, String> more = pub();
        more.put("IotInstanceId", "");
        more.put("Signature", "iHHqgZeFm40mt19M41RjWB6F8Ic=");
        assertThat(new SignatureV1("GET", more).isMadeWith(SECRET)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Signature", "AccessKeyId", "Timestamp", "SignatureNonce", "SignatureMethod", "SignatureVersion"})
    void whatIsMissingIsNamed(String name) {
        SortedMap<String, String> less = pub();
        less.remove(name);
        assertThatThrownBy(() -> new SignatureV1("GET", less)).hasMessageContaining(name).isInstanceOfSatisfying(
                GatewayException.class, e -> assertThat(e.error()).isEqualTo(GatewayError.MISSING_PARAMETER));
    }

    @Test
    void anotherMethodOfSigningIsRefused() {
        SortedMap<String, String> other = pub();
        other.put("SignatureMethod", "HMAC-SHA256");
        assertThatThrownBy(() -> new SignatureV1("GET", other)).isInstanceOf(GatewayException.class);
    }
}
