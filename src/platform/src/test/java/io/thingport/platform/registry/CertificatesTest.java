package io.thingport.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.registry.RegistryChange.Kind;
import io.thingport.platform.start.TestDatabase;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class CertificatesTest {

    private static final String PRODUCT = "a1AbCdEfGhI";
    private static final DeviceKey LAMP = new DeviceKey(PRODUCT, "lamp_01");
    private static final DeviceKey OTHER = new DeviceKey(PRODUCT, "lamp_02");
    private static final X509Certificate CERTIFICATE = TestCertificate.named("lamp_01");
    private static final Fingerprint FINGERPRINT = Fingerprint.of(CERTIFICATE);

    @Parameter
    private TestDatabase.Kind kind;
    private Registry registry;

    @BeforeEach
    void open() {
        registry = new Registry(kind);
        registry.products(p -> p.create(new NewProduct(Optional.of(PRODUCT), "lamp", Optional.empty(), Optional.empty(),
                Authentication.X509)));
        registry.device(PRODUCT, "lamp_01");
        registry.device(PRODUCT, "lamp_02");
    }

    @Test
    void aCertificateIsRegisteredWithWhatItSays() {
        DeviceCertificate registered = register(LAMP, CERTIFICATE);
        assertThat(registered).isEqualTo(new DeviceCertificate(FINGERPRINT, "1267", "CN=lamp_01",
                Instant.parse("2025-01-01T00:00:00Z"), Instant.parse("2099-01-01T00:00:00Z"), Registry.NOW, Optional.empty()));
        List<DeviceCertificate> listed = certificates(c -> c.list(LAMP));
        assertThat(listed).containsExactly(registered);
    }

    @Test
    void itStandsForItsDevice() {
        register(LAMP, CERTIFICATE);
        assertThat(owner()).contains(LAMP);
        assertThat(accepted(LAMP)).isEqualTo(new AcceptedCertificates(true, Set.of(FINGERPRINT)));
        assertThat(accepted(OTHER).fingerprints()).isEmpty();
    }

    @Test
    void aDeviceMayHaveSeveral() {
        register(LAMP, CERTIFICATE);
        register(LAMP, TestCertificate.named("lamp_01"));
        assertThat(accepted(LAMP).fingerprints()).hasSize(2);
    }

    @Test
    void oneThatIsRegisteredIsNotRegisteredForAnother() {
        register(LAMP, CERTIFICATE);
        refused(RegistryProblem.CERTIFICATE_EXISTS, () -> register(OTHER, CERTIFICATE));
    }

    @Test
    void oneThatIsRevokedStandsForNobody() {
        register(LAMP, CERTIFICATE);
        DeviceCertificate revoked = certificates(c -> c.revoke(LAMP, FINGERPRINT));
        assertThat(revoked.revokedAt()).contains(Registry.NOW);
        assertThat(owner()).isEmpty();
        assertThat(accepted(LAMP).fingerprints()).isEmpty();
    }

    @Test
    void oneThatIsRevokedIsNotRegisteredAgain() {
        register(LAMP, CERTIFICATE);
        certificates(c -> c.revoke(LAMP, FINGERPRINT));
        refused(RegistryProblem.CERTIFICATE_EXISTS, () -> register(LAMP, CERTIFICATE));
    }

    @Test
    void oneThatIsDeletedMayBeRegisteredAgain() {
        register(LAMP, CERTIFICATE);
        delete(LAMP);
        register(OTHER, CERTIFICATE);
        assertThat(owner()).contains(OTHER);
    }

    @Test
    void everyChangeIsTold() {
        register(LAMP, CERTIFICATE);
        certificates(c -> c.revoke(LAMP, FINGERPRINT));
        delete(LAMP);
        assertThat(registry.deviceChanges).extracting(change -> change.change().kind())
                .containsExactly(Kind.CERTIFICATE_ADDED, Kind.CERTIFICATE_WITHDRAWN, Kind.CERTIFICATE_WITHDRAWN);
    }

    @Test
    void theyGoWithTheirDevice() {
        register(LAMP, CERTIFICATE);
        registry.devices(d -> {
            d.delete(LAMP);
            return true;
        });
        assertThat(owner()).isEmpty();
    }

    @Test
    void anotherDevicesIsNotFound() {
        register(LAMP, CERTIFICATE);
        refused(RegistryProblem.CERTIFICATE_NOT_FOUND, () -> certificates(c -> c.revoke(OTHER, FINGERPRINT)));
    }

    @Test
    void aDeviceHasTenAtMost() {
        for (int i = 0; i < 10; i++) {
            register(LAMP, TestCertificate.named("lamp_01"));
        }
        refused(RegistryProblem.TOO_MANY_CERTIFICATES, () -> register(LAMP, CERTIFICATE));
    }

    @Test
    void aDeviceWithASecretHasNone() {
        registry.product("a1Secret");
        DeviceKey device = registry.device("a1Secret", "lamp_01").key();
        refused(RegistryProblem.NOT_BY_CERTIFICATE, () -> register(device, CERTIFICATE));
        assertThat(accepted(device)).isEqualTo(AcceptedCertificates.NONE);
    }

    @Test
    void oneThatHasExpiredIsOfNoUse() {
        X509Certificate expired = TestCertificate.valid("lamp_01", Registry.NOW.minusSeconds(60), Registry.NOW.minusSeconds(1));
        refused(RegistryProblem.INVALID_CERTIFICATE, () -> register(LAMP, expired));
    }

    @Test
    void whatIsNoCertificateIsRefused() {
        for (String text : new String[] {"", "lamp_01", TestCertificate.pem(CERTIFICATE).repeat(2),
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "x".repeat(20_000)}) {
            refused(RegistryProblem.INVALID_CERTIFICATE, () -> certificates(c -> c.register(LAMP, text)));
        }
    }

    private Optional<DeviceKey> owner() {
        return registry.source(s -> s.owner(FINGERPRINT));
    }

    private AcceptedCertificates accepted(DeviceKey device) {
        return registry.source(s -> s.device(device)).orElseThrow().certificates();
    }

    private DeviceCertificate register(DeviceKey device, X509Certificate certificate) {
        return certificates(c -> c.register(device, TestCertificate.pem(certificate)));
    }

    private void delete(DeviceKey device) {
        certificates(c -> {
            c.delete(device, FINGERPRINT);
            return true;
        });
    }

    private <T> T certificates(Function<Certificates, T> work) {
        return registry.certificates(work);
    }

    private static void refused(RegistryProblem problem, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(RegistryException.class,
                e -> assertThat(e.problem()).isEqualTo(problem));
    }
}
