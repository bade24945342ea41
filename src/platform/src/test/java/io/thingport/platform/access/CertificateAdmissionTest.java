package io.thingport.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.Connect;
import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.Peer;
import io.thingport.mqtt.ReasonCode;
import io.thingport.platform.config.Settings;
import io.thingport.platform.limits.DeviceRates;
import io.thingport.platform.limits.ProductRates;
import io.thingport.platform.registry.AcceptedCertificates;
import io.thingport.platform.registry.DeviceCredentials;
import io.thingport.platform.registry.DeviceSecrets;
import io.thingport.platform.registry.DeviceSource.StoredAccess;
import io.thingport.platform.registry.DirectoryAnswer;
import io.thingport.platform.registry.Fingerprint;
import io.thingport.platform.registry.ProductAccess;
import io.thingport.platform.registry.TestCertificate;
import io.thingport.platform.secrets.Secret;
import io.thingport.platform.upstream.ProductSubscription;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices that show a certificate in the TLS handshake. */
class CertificateAdmissionTest {

    private static final DeviceKey LAMP = new DeviceKey("a1Qx7Lm2Zt9", "lamp_01");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final X509Certificate CERTIFICATE = TestCertificate.named("lamp_01");
    private static final X509Certificate OTHER = TestCertificate.named("lamp_02");
    private static final AcceptedCertificates ITS_OWN = new AcceptedCertificates(true, Set.of(Fingerprint.of(CERTIFICATE)));
    /** Of a device with the secret, and how it signs it. */
    private static final String SIGNED_ID = "00-16-EA-AE-3C-40|securemode=2,signmethod=hmacsha256,timestamp=1700000000000|";
    private static final String SIGNATURE = "981B529AD802479E2AAF9E840F4EF7460B099D6F3ABBC6B00E32817C5963CC81";

    private final Admission admission = new Admission(
            new Settings.KeepAlive(Duration.ofSeconds(30), Duration.ofSeconds(1200)), Settings.Will.IGNORE,
            Clock.fixed(NOW, ZoneOffset.UTC));
    private final DirectoryAnswer known = found(ITS_OWN, true);
    private Optional<X509Certificate> shown = Optional.of(CERTIFICATE);
    private MqttVersion version = MqttVersion.V3_1_1;
    private String clientId = ".";
    private Optional<String> userName = Optional.of("lamp_01&a1Qx7Lm2Zt9");
    private Optional<String> password = Optional.of("");

    @ParameterizedTest
    @EnumSource
    void itsCertificateIsProofEnough(MqttVersion of) {
        version = of;
        assertThat(outcome(known)).isEqualTo(ReasonCode.SUCCESS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "any text", SIGNED_ID, "|securemode=2|"})
    void theClientIdentifierMayLackAllButItsBaseAndThatToo(String id) {
        clientId = id;
        assertThat(outcome(known)).isEqualTo(ReasonCode.SUCCESS);
    }

    @Test
    void theBaseHas64CharactersAtMostAllTheSame() {
        clientId = "x".repeat(65);
        assertThat(outcome(known)).isEqualTo(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID);
    }

    @Test
    void aClientIdentifierWithBarsHasToBeInOrder() {
        clientId = "client|nonsense|";
        assertThat(outcome(known)).isEqualTo(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&"})
    void whoDoesNotKnowItsNameIsTheOneOfItsCertificate(String name) {
        userName = Optional.of(name);
        assertThat(outcome(known)).isEqualTo(ReasonCode.SUCCESS);
        assertThat(examine()).isInstanceOf(Bearer.class);
    }

    @Test
    void neitherUserNameNorPasswordNeedBeThere() {
        userName = Optional.empty();
        password = Optional.empty();
        assertThat(outcome(known)).isEqualTo(ReasonCode.SUCCESS);
    }

    @Test
    void whoKnowsItsNameIsNotTold() {
        assertThat(((Claim) examine()).named()).isTrue();
    }

    @Test
    void aUserNameThatIsNoneIsBadCredentials() {
        userName = Optional.of("lamp_01");
        assertThat(outcome(known)).isEqualTo(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
    }

    @Test
    void whoNamesAnotherDeviceIsNotAuthorized() {
        shown = Optional.of(OTHER);
        assertThat(outcome(known)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
    }

    @ParameterizedTest
    @CsvSource({"lamp_01&a1Qx7Lm2Zt9", "''"})
    void aCertificateThatStandsForNobodyIsNotAuthorized(String name) {
        userName = Optional.of(name);
        assertThat(outcome(new DirectoryAnswer.Unknown())).isEqualTo(ReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void itsRefusalNamesTheCertificateAndCountsAsAGuess() {
        Refusal refusal = (Refusal) admission.judge((Applicant) examine(), new DirectoryAnswer.Unknown());
        assertThat(refusal.why()).contains(Fingerprint.of(CERTIFICATE).hex());
        assertThat(refusal.guess()).isTrue();
    }

    @Test
    void whileNobodyKnowsTheServerIsUnavailable() {
        userName = Optional.empty();
        assertThat(outcome(new DirectoryAnswer.Unavailable())).isEqualTo(ReasonCode.SERVER_UNAVAILABLE);
    }

    @Test
    void oneThatHasExpiredSinceTheHandshakeIsNotAuthorized() {
        shown = Optional.of(TestCertificate.valid("lamp_01", NOW.minusSeconds(60), NOW.minusSeconds(1)));
        assertThat(outcome(known)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void oneThatIsNotValidYetIsNotAuthorized() {
        shown = Optional.of(TestCertificate.valid("lamp_01", NOW.plusSeconds(1), NOW.plusSeconds(60)));
        assertThat(outcome(known)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void aDisabledDeviceIsNotAuthorized() {
        assertThat(outcome(found(ITS_OWN, false))).isEqualTo(ReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void aDeviceOfSuchAProductCannotConnectWithItsSecret() {
        shown = Optional.empty();
        sign();
        assertThat(outcome(known)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
    }

    /** Else anybody would learn which devices there are. */
    @Test
    void thatItNeedsACertificateIsToldToThoseWhoKnowTheSecret() {
        shown = Optional.empty();
        sign();
        password = Optional.of("00");
        assertThat(outcome(known)).isEqualTo(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
    }

    @Test
    void aPasswordBesideTheRightCertificateIsNotLookedAt() {
        sign();
        password = Optional.of("00");
        assertThat(outcome(known)).isEqualTo(ReasonCode.SUCCESS);
    }

    @Test
    void aDeviceWithASecretMayShowACertificateAndSign() {
        sign();
        assertThat(outcome(found(AcceptedCertificates.NONE, true))).isEqualTo(ReasonCode.SUCCESS);
    }

    @Test
    void aDeviceWithASecretThatSignsWronglyIsNotHelpedByACertificate() {
        sign();
        password = Optional.of("00");
        assertThat(outcome(found(AcceptedCertificates.NONE, true))).isEqualTo(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
    }

    @Test
    void aDeviceWithASecretCannotConnectWithACertificate() {
        assertThat(outcome(found(AcceptedCertificates.NONE, true))).isEqualTo(ReasonCode.NOT_AUTHORIZED);
    }

    private void sign() {
        clientId = SIGNED_ID;
        password = Optional.of(SIGNATURE);
    }

    private Admission.Examination examine() {
        return admission.examine(new Connect(version, clientId, userName, password.map(p -> p.getBytes(StandardCharsets.UTF_8)),
                60, true, OptionalLong.empty(), 65_535, false, Optional.empty(), List.of()),
                new Peer(new InetSocketAddress("192.0.2.7", 4711), true, shown, Optional.empty()));
    }

    private ReasonCode outcome(DirectoryAnswer answer) {
        Admission.Examination examination = examine();
        Object verdict = examination instanceof Applicant who ? admission.judge(who, answer) : examination;
        return verdict instanceof Refusal refusal ? refusal.reason() : ReasonCode.SUCCESS;
    }

    private static DirectoryAnswer found(AcceptedCertificates accepted, boolean enabled) {
        return new DirectoryAnswer.Found(new DeviceCredentials(LAMP, 7, "iot7",
                DeviceSecrets.of(Secret.of("7f3c9a5e1b8d4260a7c5e3f19b2d8640")), enabled, true, accepted,
                new ProductAccess(LAMP.productKey(), new StoredAccess(1, 0, List.of(), ProductRates.NONE,
                        ProductSubscription.NONE), DeviceRates.NONE), 0));
    }
}
