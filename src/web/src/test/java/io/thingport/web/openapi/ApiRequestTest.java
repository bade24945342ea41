package io.thingport.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiRequestTest {

    private static final String COMMON = "Action=Pub&Version=2018-01-20&AccessKeyId=id&SignatureMethod=HMAC-SHA1"
            + "&SignatureVersion=1.0&SignatureNonce=n&Timestamp=2024-01-02T03:04:05Z&Signature=x";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String NO_BODY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static Map<String, String> acs3() {
        return new HashMap<>(Map.of("Host", "h", "x-acs-version", "2018-01-20", "x-acs-action", "RRpc", "x-acs-date", "now",
                "x-acs-signature-nonce", "n", "x-acs-content-sha256", NO_BODY, "Authorization",
                "ACS3-HMAC-SHA256 Credential=id,SignedHeaders=host;x-acs-action;x-acs-version;x-acs-date;x-acs-signature-nonce;"
                        + "x-acs-content-sha256,Signature=00"));
    }

    private static void assertRefused(HttpCall call, GatewayError error, String named) {
        assertThatThrownBy(() -> ApiRequest.of(call)).hasMessageContaining(named).isInstanceOfSatisfying(
                GatewayException.class, e -> assertThat(e.error()).isEqualTo(error));
    }

    @Test
    void queryAndFormAreOne() {
        ApiRequest request = ApiRequest.of(Calls.call("POST", COMMON + "&a=1", Map.of("content-type", FORM), "b=2"));
        assertThat(request.action()).isEqualTo("Pub");
        assertThat(request.parameters()).containsEntry("a", "1").containsEntry("b", "2");
    }

    @Test
    void everythingMayBeInTheForm() {
        assertThat(ApiRequest.of(Calls.form(COMMON)).action()).isEqualTo("Pub");
    }

    @Test
    void aBodyOfAnotherTypeIsNoForm() {
        HttpCall call = Calls.call("POST", COMMON, Map.of("Content-Type", "application/json"), "b=2");
        assertThat(ApiRequest.of(call).parameters()).doesNotContainKey("b");
    }

    @Test
    void theHeaderDecidesWhichSignatureItIs() {
        assertThat(ApiRequest.of(Calls.call("POST", COMMON, acs3(), "")).signature()).isInstanceOf(SignatureAcs3.class);
        assertThat(ApiRequest.of(Calls.call("POST", COMMON, Map.of("Authorization", "Basic eDp5"), "")).signature())
                .isInstanceOf(SignatureV1.class);
    }

    @Test
    void theActionOfTheHeadersIsTheOneThatIsSigned() {
        assertThat(ApiRequest.of(Calls.call("POST", "Action=Pub", acs3(), "")).action()).isEqualTo("RRpc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Action", "Version", "AccessKeyId", "Timestamp", "Signature"})
    void whatIsMissingIsNamed(String name) {
        assertRefused(Calls.form(COMMON.replaceFirst("(^|&)" + name + "=[^&]*", "")), GatewayError.MISSING_PARAMETER, name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-acs-action", "x-acs-version"})
    void aHeaderThatIsMissingIsNamed(String name) {
        Map<String, String> headers = acs3();
        headers.remove(name);
        assertRefused(Calls.call("POST", "", headers, ""), GatewayError.MISSING_PARAMETER, name);
    }

    @Test
    void anotherVersionIsRefused() {
        assertRefused(Calls.form(COMMON.replace("2018-01-20", "2017-04-20")), GatewayError.INVALID_VERSION, "Version");
    }

    @ParameterizedTest
    @CsvSource({"JSON", "json", "''"})
    void answersInJsonCanBeAskedFor(String format) {
        ApiRequest.of(Calls.form(COMMON + "&Format=" + format)).checkFormat();
    }

    @Test
    void answersInXmlCannot() {
        ApiRequest request = ApiRequest.of(Calls.form(COMMON + "&Format=XML"));
        assertThatThrownBy(request::checkFormat).isInstanceOfSatisfying(GatewayException.class,
                e -> assertThat(e.error()).isEqualTo(GatewayError.INVALID_PARAMETER));
    }
}
