package io.thingport.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.Connect;
import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.Peer;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.UserProperty;
import io.thingport.platform.config.Settings;
import io.thingport.platform.limits.DeviceRates;
import io.thingport.platform.limits.ProductRates;
import io.thingport.platform.registry.AcceptedCertificates;
import io.thingport.platform.registry.DeviceCredentials;
import io.thingport.platform.registry.DeviceSecrets;
import io.thingport.platform.registry.DeviceSource.StoredAccess;
import io.thingport.platform.registry.DirectoryAnswer;
import io.thingport.platform.registry.ProductAccess;
import io.thingport.platform.secrets.Secret;
import io.thingport.platform.upstream.ProductSubscription;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {

    private static final Peer PEER = new Peer(new InetSocketAddress("192.0.2.7", 4711), false);
    private static final Peer SECURE = new Peer(new InetSocketAddress("192.0.2.7", 4711), true);
    private static final DeviceKey LAMP = new DeviceKey("a1Qx7Lm2Zt9", "lamp_01");
    private static final String CLIENT_ID =
            "00-16-EA-AE-3C-40|securemode=2,signmethod=hmacsha256,timestamp=1700000000000|";
    private static final String PASSWORD = "981B529AD802479E2AAF9E840F4EF7460B099D6F3ABBC6B00E32817C5963CC81";
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Secret SECRET = Secret.of("7f3c9a5e1b8d4260a7c5e3f19b2d8640");
    private static final Settings.KeepAlive WINDOW =
            new Settings.KeepAlive(Duration.ofSeconds(30), Duration.ofSeconds(1200));

    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private DeviceSecrets secrets = DeviceSecrets.of(SECRET);
    private AcceptedCertificates accepted = AcceptedCertificates.NONE;
    private final Admission admission = new Admission(WINDOW, Settings.Will.IGNORE, clock);
    private final ConnectBuilder connect = new ConnectBuilder();

    @ParameterizedTest
    @ValueSource(strings = {"V3_1", "V3_1_1", "V5"})
    void aDeviceThatProvesItsSecretIsAdmitted(MqttVersion version) {
        connect.version = version;
        assertThat(outcome(known(true))).isEqualTo(ReasonCode.SUCCESS);
    }

    @Test
    void aPreSharedKeyIsThatOfTheDeviceInConnect() {
        assertThat(admission.examine(connect.build(), shaken("lamp_01"))).isInstanceOf(Claim.class);
        assertThat(admission.examine(connect.build(), shaken("lamp_02"))).isInstanceOfSatisfying(Refusal.class,
                refusal -> assertThat(refusal.reason()).isEqualTo(ReasonCode.NOT_AUTHORIZED));
    }

    @Test
    void thePreviousSecretIsGoodUntilItsTimeEnds() {
        secrets = rotated(NOW.plusMillis(1));
        assertThat(outcome(known(true))).isEqualTo(ReasonCode.SUCCESS);
    }

    @Test
    void thePreviousSecretIsNotGoodFromItsEndOn() {
        secrets = rotated(NOW);
        assertThat(outcome(known(true))).isEqualTo(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
    }

    @Test
    void theNewSecretIsGoodBesideThePreviousOne() {
        secrets = new DeviceSecrets(SECRET, Optional.of(
                new DeviceSecrets.Previous(Secret.of("0123456789abcdef"), NOW.plusSeconds(60))), List.of());
        assertThat(outcome(known(true))).isEqualTo(ReasonCode.SUCCESS);
    }

    @Test
    void theUserNameIsSplitAtTheFirstAmpersand() {
        connect.userName = Optional.of("lamp_01&a1Qx&7Lm2Zt9");
        assertThat(outcome(known(true))).isEqualTo(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "lamp_01", "&", "lamp_01&", "&a1Qx7Lm2Zt9", "a/b&c"})
    void aMalformedUserNameIsBadCredentials(String userName) {
        connect.userName = Optional.of(userName);
        assertThat(outcome(known(true))).isEqualTo(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
    }

    @Test
    void withoutAUserNameThereIsNoAdmission() {
        connect.userName = Optional.empty();
        assertThat(outcome(known(true))).isEqualTo(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
    }

    @Test
    void withoutAPasswordThereIsNoAdmission() {
        connect.password = Optional.empty();
        assertThat(outcome(known(true))).isEqualTo(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
    }

    @Test
    void aMalformedClientIdentifierIsRefused() {
        connect.clientId = "no bars";
        assertThat(outcome(known(true))).isEqualTo(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID);
    }

    @Test
    void theBaseHas64CharactersAtMost() {
        connect.clientId = "x".repeat(65) + "|securemode=3|";
        assertThat(outcome(known(true))).isEqualTo(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID);
    }

    @Test
    void anEmptyBaseIsRefusedBeforeVersion5() {
        connect.clientId = "|timestamp=2524608000000,signmethod=hmacsha256|";
        assertThat(outcome(known(true))).isEqualTo(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID);
    }

    @Test
    void anEmptyBaseIsLegalInVersion5() {
        connect.version = MqttVersion.V5;
        connect.clientId = "|timestamp=2524608000000,signmethod=hmacsha256|";
        connect.password = Optional.of("29c5f5709bdf59265f11cdb41c8425cb79c0ff6a30e5f81345bfa4bb6eb1208d");
        assertThat(outcome(known(true))).isEqualTo(ReasonCode.SUCCESS);
    }

    @Test
    void anIdentifierOfNoLengthIsSignedWithMd5InVersion5() {
        connect.version = MqttVersion.V5;
        connect.clientId = "";
        byte[] mac = SignMethod.HMAC_MD5.mac("7f3c9a5e1b8d4260a7c5e3f19b2d8640".getBytes(StandardCharsets.UTF_8),
                "deviceNamelamp_01productKeya1Qx7Lm2Zt9".getBytes(StandardCharsets.UTF_8));
        connect.password = Optional.of(HexFormat.of().formatHex(mac));
        assertThat(outcome(known(true))).isEqualTo(ReasonCode.SUCCESS);
    }

    @Test
    void anIdentifierOfNoLengthIsRefusedBeforeVersion5() {
        connect.clientId = "";
        assertThat(outcome(known(true))).isEqualTo(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID);
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 1200})
    void theBoundsOfTheKeepAliveWindowBelongToIt(int seconds) {
        connect.keepAlive = seconds;
        assertThat(outcome(known(true))).isEqualTo(ReasonCode.SUCCESS);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 29, 1201, 65_535})
    void aKeepAliveOutsideTheWindowIsRefused(int seconds) {
        connect.keepAlive = seconds;
        assertThat(outcome(known(true))).isEqualTo(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR);
    }

    @Test
    void aKeepAliveOutsideTheWindowIsCode2BeforeVersion5() {
        connect.keepAlive = 0;
        assertThat(outcome(known(true)).connectReturnCode()).isEqualTo(2);
    }

    @Test
    void aWrongSignatureIsBadCredentials() {
        connect.password = Optional.of("00".repeat(32));
        assertThat(outcome(known(true))).isEqualTo(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
    }

    @Test
    void anUnknownDeviceGetsTheAnswerOfAWrongSignature() {
        Refusal unknown = (Refusal) verdict(new DirectoryAnswer.Unknown());
        connect.password = Optional.of("00".repeat(32));
        assertThat(verdict(known(true))).usingRecursiveComparison().ignoringFields("truth").isEqualTo(unknown);
    }

    @Test
    void aDisabledDeviceIsNotAuthorized() {
        assertThat(outcome(known(false))).isEqualTo(ReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void thatADeviceIsDisabledIsToldOnlyToWhoKnowsItsSecret() {
        connect.password = Optional.of("00".repeat(32));
        assertThat(outcome(known(false))).isEqualTo(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
    }

    @Test
    void whileDevicesCannotBeLookedUpTheServerIsUnavailable() {
        assertThat(outcome(new DirectoryAnswer.Unavailable())).isEqualTo(ReasonCode.SERVER_UNAVAILABLE);
    }

    @Test
    void anAuthenticationMethodIsRefused() {
        connect.version = MqttVersion.V5;
        connect.authenticationMethod = Optional.of("SCRAM-SHA-1");
        connect.userName = Optional.empty();
        assertThat(outcome(known(true))).isEqualTo(ReasonCode.BAD_AUTHENTICATION_METHOD);
    }

    @Test
    void aSecureElementIsNotSupported() {
        connect.clientId = "a|securemode=2,authType=id2|";
        assertThat(outcome(known(true))).isEqualTo(ReasonCode.BAD_AUTHENTICATION_METHOD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"register,random=1", "regnwl,random=1", "regnwl", "connwl"})
    void whatCarriesASecretNeedsTls(String authType) {
        connect.clientId = "a|securemode=2,authType=" + authType + "|";
        assertThat(outcome(known(true))).isEqualTo(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"register", "register,random=", "regnwl,random="})
    void aRegistrationNeedsWhatTheDeviceMadeUp(String authType) {
        connect.clientId = "a|securemode=2,authType=" + authType + "|";
        assertThat(((Refusal) admission.examine(connect.build(), SECURE)).reason())
                .isEqualTo(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID);
    }

    @Test
    void secureMode8IsNotSupported() {
        connect.clientId = "a|securemode=8|";
        assertThat(outcome(known(true))).isEqualTo(ReasonCode.BAD_AUTHENTICATION_METHOD);
    }

    @Test
    void aWillIsAcceptedUnlessItIsToBeRejected() {
        connect.will = true;
        assertThat(outcome(known(true))).isEqualTo(ReasonCode.SUCCESS);
    }

    @ParameterizedTest
    @CsvSource({"V3_1, NOT_AUTHORIZED", "V3_1_1, NOT_AUTHORIZED", "V5, IMPLEMENTATION_SPECIFIC_ERROR"})
    void aWillIsRefusedWhenItIsToBeRejected(MqttVersion version, ReasonCode reason) {
        connect.version = version;
        connect.will = true;
        assertThat(outcome(new Admission(WINDOW, Settings.Will.REJECT, clock), known(true))).isEqualTo(reason);
    }

    @Test
    void userPropertiesAreLimited() {
        connect.version = MqttVersion.V5;
        connect.userProperties = List.of(new UserProperty("k", "v".repeat(128)));
        assertThat(outcome(known(true))).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
    }

    /** A CONNECT can bring thousands, and waits for its device to be looked up. */
    @Test
    void ofTooManyUserPropertiesNoMoreAreKeptThanShowThat() {
        connect.version = MqttVersion.V5;
        connect.userProperties = Collections.nCopies(10_000, new UserProperty("k", "v"));
        assertThat(((Claim) admission.examine(connect.build(), PEER)).connect().userProperties()).hasSize(21);
        assertThat(outcome(known(true))).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
    }

    @Test
    void theUserNameIsMissedBeforeTheClientIdentifierIsRead() {
        connect.userName = Optional.empty();
        connect.clientId = "no bars";
        assertThat(outcome(known(true))).isEqualTo(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
    }

    @Test
    void theClientIdentifierIsReadBeforeTheKeepAlive() {
        connect.clientId = "no bars";
        connect.keepAlive = 0;
        assertThat(outcome(known(true))).isEqualTo(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID);
    }

    @Test
    void theKeepAliveIsCheckedBeforeTheUserNameIsRead() {
        connect.keepAlive = 0;
        connect.userName = Optional.of("nobody");
        assertThat(outcome(known(true))).isEqualTo(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR);
    }

    @Test
    void thatADeviceIsDisabledIsCheckedBeforeTheWill() {
        connect.version = MqttVersion.V5;
        connect.will = true;
        assertThat(outcome(new Admission(WINDOW, Settings.Will.REJECT, clock), known(false)))
                .isEqualTo(ReasonCode.NOT_AUTHORIZED);
    }

    private ReasonCode outcome(DirectoryAnswer answer) {
        return outcome(admission, answer);
    }

    private ReasonCode outcome(Admission by, DirectoryAnswer answer) {
        Admission.Examination examination = by.examine(connect.build(), PEER);
        if (examination instanceof Refusal refusal) {
            return refusal.reason();
        }
        Admission.Verdict verdict = by.judge((Applicant) examination, answer);
        return verdict instanceof Refusal refusal ? refusal.reason() : ReasonCode.SUCCESS;
    }

    private Admission.Verdict verdict(DirectoryAnswer answer) {
        return admission.judge((Claim) admission.examine(connect.build(), PEER), answer);
    }

    /** The secret that the connect proves is the previous one. */
    private static DeviceSecrets rotated(Instant validUntil) {
        return new DeviceSecrets(Secret.of("0123456789abcdef"),
                Optional.of(new DeviceSecrets.Previous(SECRET, validUntil)), List.of());
    }

    private DirectoryAnswer known(boolean enabled) {
        return new DirectoryAnswer.Found(new DeviceCredentials(LAMP, 7, "iot7", secrets,
                enabled, true, accepted, new ProductAccess(LAMP.productKey(), new StoredAccess(1, 0, List.of(), ProductRates.NONE, ProductSubscription.NONE), DeviceRates.NONE), 0));
    }

    private static Peer shaken(String deviceName) {
        return new Peer(PEER.address(), true, Optional.empty(),
                Optional.of("devicename|hmacsha256|a1Qx7Lm2Zt9&" + deviceName + "|2524608000000"));
    }

    private static final class ConnectBuilder {
        private MqttVersion version = MqttVersion.V3_1_1;
        private String clientId = CLIENT_ID;
        private Optional<String> userName = Optional.of("lamp_01&a1Qx7Lm2Zt9");
        private Optional<String> password = Optional.of(PASSWORD);
        private int keepAlive = 60;
        private boolean will;
        private Optional<String> authenticationMethod = Optional.empty();
        private List<UserProperty> userProperties = List.of();

        private Connect build() {
            return new Connect(version, clientId, userName, password.map(p -> p.getBytes(StandardCharsets.UTF_8)),
                    keepAlive, true, OptionalLong.empty(), 65_535, will, authenticationMethod, userProperties);
        }
    }
}
