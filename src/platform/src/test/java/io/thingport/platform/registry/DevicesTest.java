package io.thingport.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.registry.DeviceSource.StoredDevice;
import io.thingport.platform.registry.RegistryChange.Kind;
import io.thingport.platform.registry.StatusStore.Update;
import io.thingport.platform.secrets.Secret;
import io.thingport.platform.start.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class DevicesTest {

    private static final String PRODUCT = "a1AbCdEfGhI";
    private static final DeviceKey LAMP = new DeviceKey(PRODUCT, "lamp_01");
    private static final Secret GIVEN = Secret.of("0123456789ABCDEFghij");
    private static final Instant LATER = Registry.NOW.plusSeconds(60);

    @Parameter
    private TestDatabase.Kind kind;
    private Registry registry;

    @BeforeEach
    void open() {
        registry = new Registry(kind);
        registry.product(PRODUCT);
    }

    @Test
    void aDeletedDevicesSessionIsOverAtOnce() {
        registry.device(PRODUCT, "lamp_01");
        registry.database.run(entities -> entities.createNativeQuery("""
                insert into mqtt_session
                    (device_id, session_id, expiry_seconds, expires_at, run, sent_through, subscriptions)
                select id, 77, 60, 0, 1, 0, cast('' as bytea) from device""").executeUpdate());
        devices(d -> {
            d.delete(LAMP);
            return true;
        });

        assertThat(numbers("select device_id from mqtt_session")).isEmpty();
        assertThat(numbers("select session_id from ended_session")).containsExactly(77L);
    }

    @Test
    void aNewDeviceIsEnabledAndWasNeverOnline() {
        Device device = registry.device(PRODUCT, "lamp_01");

        assertThat(device).isEqualTo(new Device(LAMP, device.iotId(), Optional.empty(), true, Registry.NOW,
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(this.<Device>devices(d -> d.get(LAMP))).isEqualTo(device);
    }

    @Test
    void whatIsNotGivenIsMadeUp() {
        Device device = devices(d -> d.register(PRODUCT,
                new NewDevice(Optional.empty(), Optional.of("灯具_1"), Optional.empty())));

        assertThat(device.key().deviceName()).matches("[A-Za-z0-9]{20}");
        assertThat(device.iotId()).matches("[A-Za-z0-9]{30}");
        assertThat(this.<Secret>devices(d -> d.secret(device.key())).reveal()).matches("[0-9a-f]{32}");
        assertThat(device.nickname()).contains("灯具_1");
    }

    @Test
    void aDeviceMayBringItsSecret() {
        Secret own = Secret.of("0123456789ABCDEFghij");
        devices(d -> d.register(PRODUCT, new NewDevice(Optional.of("lamp_01"), Optional.empty(), Optional.of(own))));

        assertThat(this.<Secret>devices(d -> d.secret(LAMP))).isEqualTo(own);
    }

    @Test
    void theSecretIsNotInTheDatabaseAsItIs() {
        registry.device(PRODUCT, "lamp_01");
        String secret = this.<Secret>devices(d -> d.secret(LAMP)).reveal();

        String stored = registry.database.call(e ->
                e.createQuery("select d.secret from DeviceRow d", String.class).getSingleResult());

        assertThat(stored).doesNotContain(secret);
    }

    @Test
    void aSecretThatWasCopiedToAnotherDeviceDoesNotOpen() {
        registry.device(PRODUCT, "lamp_01");
        registry.device(PRODUCT, "lamp_02");
        registry.database.run(e -> e.createQuery("update DeviceRow d set d.secret ="
                + " (select o.secret from DeviceRow o where o.deviceName = 'lamp_02')").executeUpdate());

        assertThatThrownBy(() -> devices(d -> d.secret(LAMP))).hasMessageContaining("device:" + LAMP);
    }

    @Test
    void aNameIsUniqueInItsProductOnly() {
        registry.device(PRODUCT, "lamp_01");
        registry.product("a1other");

        assertThat(registry.device("a1other", "lamp_01").key()).isEqualTo(new DeviceKey("a1other", "lamp_01"));
        refused(RegistryProblem.DEVICE_EXISTS, d -> d.register(PRODUCT,
                new NewDevice(Optional.of("lamp_01"), Optional.empty(), Optional.empty())));
    }

    @Test
    void namesDifferByCase() {
        registry.device(PRODUCT, "lamp_01");

        assertThat(registry.device(PRODUCT, "LAMP_01").key().deviceName()).isEqualTo("LAMP_01");
    }

    @Test
    void aDeviceNeedsItsProduct() {
        refused(RegistryProblem.PRODUCT_NOT_FOUND, d -> d.register("a1unknown",
                new NewDevice(Optional.empty(), Optional.empty(), Optional.empty())));
        refused(RegistryProblem.PRODUCT_NOT_FOUND, d -> d.list("a\0b", Optional.empty(), 10));
    }

    @Test
    void pagesGoFromTheNewestToTheOldestOfOneProduct() {
        registry.product("a1other");
        registry.device(PRODUCT, "lamp_01");
        registry.device("a1other", "lamp_02");
        registry.device(PRODUCT, "lamp_03");
        registry.device(PRODUCT, "lamp_04");

        Page<Device> first = devices(d -> d.list(PRODUCT, Optional.empty(), 2));
        Page<Device> second = devices(d -> d.list(PRODUCT, first.next(), 2));

        assertThat(List.of(first, second))
                .extracting(page -> page.items().stream().map(d -> d.key().deviceName()).toList())
                .containsExactly(List.of("lamp_04", "lamp_03"), List.of("lamp_01"));
        assertThat(second.next()).isEmpty();
    }

    @Test
    void disablingTellsSoAndKeepsTheDevice() {
        registry.device(PRODUCT, "lamp_01");

        assertThat(this.<Device>devices(d -> d.setEnabled(LAMP, false)).enabled()).isFalse();
        assertThat(this.<Device>devices(d -> d.get(LAMP)).enabled()).isFalse();
        assertThat(registry.deviceChanges).containsExactly(new DeviceChange(new RegistryChange(LAMP, Kind.DISABLED)));
    }

    @Test
    void disablingTwiceIsHarmless() {
        registry.device(PRODUCT, "lamp_01");
        devices(d -> d.setEnabled(LAMP, false));

        assertThat(this.<Device>devices(d -> d.setEnabled(LAMP, false)).enabled()).isFalse();
    }

    @Test
    void aDeletedDeviceIsGoneAndSaysSo() {
        registry.device(PRODUCT, "lamp_01");
        devices(d -> {
            d.delete(LAMP);
            return LAMP;
        });

        refused(RegistryProblem.DEVICE_NOT_FOUND, d -> d.get(LAMP));
        assertThat(registry.deviceChanges).containsExactly(new DeviceChange(new RegistryChange(LAMP, Kind.DELETED)));
    }

    @Test
    void aConnectIsJudgedByWhatIsStored() {
        registry.device(PRODUCT, "lamp_01");
        Secret secret = devices(d -> d.secret(LAMP));
        devices(d -> d.setEnabled(LAMP, false));

        assertThat(registry.<Optional<StoredDevice>>source(s -> s.device(LAMP))).get()
                .returns(DeviceSecrets.of(secret), StoredDevice::secrets)
                .returns(false, StoredDevice::enabled)
                .returns(false, StoredDevice::activated);
        assertThat(registry.<Optional<StoredDevice>>source(s -> s.device(new DeviceKey(PRODUCT, "lamp_99")))).isEmpty();
    }

    @Test
    void afterARotationBothSecretsAreStoredUntilTheGraceEnds() {
        registry.device(PRODUCT, "lamp_01");
        Secret old = devices(d -> d.secret(LAMP));

        RotatedSecret rotated = devices(d -> d.rotateSecret(LAMP, Optional.empty(), Duration.ofHours(1)));

        assertThat(rotated.previousValidUntil()).contains(Registry.NOW.plusSeconds(3600));
        assertThat(rotated.secret().reveal()).matches("[0-9a-f]{32}");
        assertThat(this.<Secret>devices(d -> d.secret(LAMP))).isEqualTo(rotated.secret());
        assertThat(secrets()).isEqualTo(new DeviceSecrets(rotated.secret(),
                Optional.of(new DeviceSecrets.Previous(old, Registry.NOW.plusSeconds(3600))), List.of()));
        assertThat(registry.deviceChanges).containsExactly(
                new DeviceChange(new RegistryChange(LAMP, Kind.SECRET_CHANGED)));
    }

    @Test
    void aSecondRotationLeavesOnlyTheLastOldSecret() {
        registry.device(PRODUCT, "lamp_01");
        RotatedSecret first = devices(d -> d.rotateSecret(LAMP, Optional.empty(), Duration.ofHours(1)));
        devices(d -> d.rotateSecret(LAMP, Optional.of(GIVEN), Duration.ofHours(2)));

        assertThat(secrets()).isEqualTo(new DeviceSecrets(GIVEN, Optional.of(
                new DeviceSecrets.Previous(first.secret(), Registry.NOW.plusSeconds(7200))), List.of()));
    }

    @Test
    void aRotationWithoutGraceWithdrawsTheOldSecret() {
        registry.device(PRODUCT, "lamp_01");
        devices(d -> d.rotateSecret(LAMP, Optional.of(GIVEN), Duration.ZERO));

        assertThat(secrets()).isEqualTo(DeviceSecrets.of(GIVEN));
        assertThat(registry.deviceChanges).containsExactly(
                new DeviceChange(new RegistryChange(LAMP, Kind.SECRET_WITHDRAWN)));
    }

    @Test
    void thePreviousSecretCanBeDroppedAtOnce() {
        registry.device(PRODUCT, "lamp_01");
        devices(d -> d.rotateSecret(LAMP, Optional.of(GIVEN), Duration.ofHours(2)));
        registry.database.run(entities -> registry.devicesIn(entities).dropPreviousSecret(LAMP));

        assertThat(secrets()).isEqualTo(DeviceSecrets.of(GIVEN));
        assertThat(registry.deviceChanges).endsWith(
                new DeviceChange(new RegistryChange(LAMP, Kind.SECRET_WITHDRAWN)));
    }

    @Test
    void aRotationToTheSameSecretIsRefused() {
        registry.device(PRODUCT, "lamp_01");
        devices(d -> d.rotateSecret(LAMP, Optional.of(GIVEN), Duration.ofHours(2)));

        refused(RegistryProblem.INVALID_DEVICE_SECRET, d -> d.rotateSecret(LAMP, Optional.of(GIVEN), Duration.ZERO));
    }

    @Test
    void theGraceIsNoLongerThanThirtyDays() {
        registry.device(PRODUCT, "lamp_01");

        refused(RegistryProblem.INVALID_GRACE,
                d -> d.rotateSecret(LAMP, Optional.empty(), Duration.ofDays(30).plusSeconds(1)));
        refused(RegistryProblem.INVALID_GRACE, d -> d.rotateSecret(LAMP, Optional.empty(), Duration.ofSeconds(-1)));
    }

    @Test
    void theFirstConnectionActivatesADeviceForGood() {
        registry.device(PRODUCT, "lamp_01");
        registry.write(List.of(Update.online(LAMP, Registry.NOW, "10.0.0.1:5000")));
        registry.write(List.of(Update.offline(LAMP, LATER)));
        registry.write(List.of(Update.online(LAMP, LATER.plusSeconds(1), "10.0.0.2:5000")));

        Device device = devices(d -> d.get(LAMP));
        assertThat(device.activatedAt()).contains(Registry.NOW);
        assertThat(device.lastOnline()).contains(LATER.plusSeconds(1));
        assertThat(device.lastOffline()).contains(LATER);
        assertThat(device.lastAddress()).contains("10.0.0.2:5000");
        assertThat(registry.<Optional<StoredDevice>>source(s -> s.device(LAMP)).orElseThrow().activated()).isTrue();
    }

    @Test
    void theStatusOfADeletedDeviceIsLeftOut() {
        registry.device(PRODUCT, "lamp_01");
        registry.write(List.of(Update.online(new DeviceKey(PRODUCT, "gone"), LATER, "10.0.0.1:5000"),
                Update.online(LAMP, LATER, "10.0.0.1:5000")));

        assertThat(this.<Device>devices(d -> d.get(LAMP)).lastOnline()).contains(LATER);
    }

    @Test
    void aStatusIsNotOverwrittenByAChangeThatReadAnOlderOne() {
        registry.device(PRODUCT, "lamp_01");
        devices(d -> {
            d.get(LAMP); // reads the row before its status changes
            registry.write(List.of(Update.online(LAMP, LATER, "10.0.0.1:5000")));
            return d.setEnabled(LAMP, false);
        });

        assertThat(this.<Device>devices(d -> d.get(LAMP)).lastOnline()).contains(LATER);
    }

    private DeviceSecrets secrets() {
        return registry.<Optional<StoredDevice>>source(s -> s.device(LAMP)).orElseThrow().secrets();
    }

    private <T> T devices(Function<Devices, T> work) {
        return registry.devices(work);
    }

    private void refused(RegistryProblem problem, Function<Devices, ?> work) {
        assertThatThrownBy(() -> registry.devices(work)).isInstanceOfSatisfying(RegistryException.class,
                e -> assertThat(e.problem()).isEqualTo(problem));
    }

    private List<Long> numbers(String sql) {
        return registry.database.call(entities ->
                entities.unwrap(Session.class).createNativeQuery(sql, Long.class).getResultList());
    }
}
