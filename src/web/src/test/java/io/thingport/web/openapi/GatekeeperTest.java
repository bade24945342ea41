package io.thingport.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.platform.accesskey.Caller;
import io.thingport.platform.accesskey.KnownKey;
import io.thingport.platform.accesskey.KnownKeys;
import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.secrets.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatekeeperTest {

    private static final Caller CALLER = new Caller("testid", Set.of(Scope.MESSAGE));
    private static final String SIGNED_AT = "2024-01-02T03:04:05Z";

    private String secret = "testsecret";

    private final KnownKeys keys = new KnownKeys(
            () -> List.of(new KnownKey(CALLER, true, Secret.of(secret), Optional.empty(), 0)), Clock.systemUTC());

    private Gatekeeper at(String now) {
        return at(now, new NonceMemory(Duration.ofMinutes(15), 1_000));
    }

    private Gatekeeper at(String now, NonceMemory nonces) {
        return new Gatekeeper(keys, nonces, Clock.fixed(Instant.parse(now), ZoneOffset.UTC));
    }

    /** A signature that holds, unless something is changed. */
    private static RequestSignature signature(Map<String, String> changed) {
        Map<String, String> parameters = new TreeMap<>(Map.ofEntries(Map.entry("AccessKeyId", "testid"),
                Map.entry("Action", "Pub"), Map.entry("Version", "2018-01-20"), Map.entry("Format", "JSON"),
                Map.entry("SignatureMethod", "HMAC-SHA1"), Map.entry("SignatureVersion", "1.0"),
                Map.entry("SignatureNonce", "nonce-0001"), Map.entry("Timestamp", SIGNED_AT),
                Map.entry("RegionId", "cn-shanghai"), Map.entry("ProductKey", "a1AbCdEfGhI"),
                Map.entry("TopicFullName", "/a1AbCdEfGhI/device1/user/get"), Map.entry("MessageContent", "aGVsbG8gd29ybGQ="),
                Map.entry("Qos", "1"), Map.entry("Signature", "KQ2p6Hh9xWlFYuSOCwysPDmViH8=")));
        parameters.putAll(changed);
        return new SignatureV1("GET", new TreeMap<>(parameters));
    }

    private static void assertRefused(Gatekeeper gatekeeper, RequestSignature signature, GatewayError error) {
        assertThatThrownBy(() -> gatekeeper.admit(signature)).isInstanceOfSatisfying(GatewayException.class,
                e -> assertThat(e.error()).isEqualTo(error));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-01-02T03:04:05Z", "2024-01-02T02:49:05Z", "2024-01-02T03:19:05Z"})
    void letsInWhoSignedWithinAQuarterOfAnHour(String now) {
        assertThat(at(now).admit(signature(Map.of()))).isEqualTo(CALLER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-01-02T02:49:04Z", "2024-01-02T03:19:06Z", "2024-01-03T03:04:05Z"})
    void refusesWhatWasSignedAtAnotherTime(String now) {
        assertRefused(at(now), signature(Map.of()), GatewayError.INVALID_TIME_STAMP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"now", "2024-01-02 03:04:05Z", "2024-01-02T03:04:05", "2024-13-02T03:04:05Z",
            "2024-01-02T03:04:05z", "2024-02-30T03:04:05Z", "2024-01-02T03:04:-5Z", "20240102T03:04:05Z..", "1704164645"})
    void refusesWhatIsNoTime(String timestamp) {
        assertRefused(at(SIGNED_AT), signature(Map.of("Timestamp", timestamp)), GatewayError.MALFORMED_TIME_STAMP);
    }

    @Test
    void refusesASignatureTwice() {
        Gatekeeper gatekeeper = at(SIGNED_AT);
        gatekeeper.admit(signature(Map.of()));
        assertRefused(gatekeeper, signature(Map.of()), GatewayError.SIGNATURE_NONCE_USED);
    }

    @Test
    void aNonceOfAWrongSignatureIsNotUsed() {
        Gatekeeper gatekeeper = at(SIGNED_AT);
        assertThatThrownBy(() -> gatekeeper.admit(signature(Map.of("Qos", "0")))).isInstanceOf(GatewayException.class);
        assertThat(gatekeeper.admit(signature(Map.of()))).isEqualTo(CALLER);
    }

    @Test
    void refusesWhenItCannotRememberMore() {
        NonceMemory full = new NonceMemory(Duration.ofMinutes(15), 1);
        long now = Instant.parse(SIGNED_AT).getEpochSecond();
        full.use("testid", "the only one", now, now);
        assertRefused(at(SIGNED_AT, full), signature(Map.of()), GatewayError.SERVICE_UNAVAILABLE);
    }

    @ParameterizedTest
    @CsvSource({"testid, SIGNATURE_DOES_NOT_MATCH", "nobody, INVALID_ACCESS_KEY_ID"})
    void tellsAWrongSignatureFromAnUnknownKey(String accessKeyId, GatewayError error) {
        secret = "another";
        assertRefused(at(SIGNED_AT), signature(Map.of("AccessKeyId", accessKeyId)), error);
    }

    /** The vendor's SDK for Java reads what follows these words. */
    @Test
    void aWrongSignatureIsAnsweredWithTheStringToSign() {
        secret = "another";
        RequestSignature signature = signature(Map.of());
        assertThatThrownBy(() -> at(SIGNED_AT).admit(signature))
                .hasMessageEndingWith("string to sign is:" + signature.stringToSign());
    }

    @Test
    void aLongRequestIsNotRepeatedToWhoSignedItWrongly() {
        RequestSignature signature = signature(Map.of("MessageContent", "a".repeat(Gatekeeper.TOLD_MAXIMUM)));
        assertThatThrownBy(() -> at(SIGNED_AT).admit(signature))
                .isInstanceOfSatisfying(GatewayException.class, e -> {
                    assertThat(e.error()).isEqualTo(GatewayError.SIGNATURE_DOES_NOT_MATCH);
                    assertThat(e.getMessage()).hasSizeLessThan(200);
                });
    }
}
