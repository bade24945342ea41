package io.thingport.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.registry.RegistrationResult.Refused;
import io.thingport.platform.registry.RegistrationResult.WithSecret;
import io.thingport.platform.registry.RegistrationResult.WithToken;
import io.thingport.platform.registry.RegistryChange.Kind;
import io.thingport.platform.secrets.Secret;
import io.thingport.platform.start.TestDatabase;
import io.thingport.platform.upstream.ProductSubscription;
import io.thingport.platform.upstream.UpstreamKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class RegistrationsTest {

    private static final String PRODUCT = "a1AbCdEfGhI";
    private static final DeviceKey LAMP = new DeviceKey(PRODUCT, "lamp_01");
    private static final DeviceKey STRANGER = new DeviceKey(PRODUCT, "nobody");
    private static final Predicate<Secret> WRONG = secret -> false;

    @Parameter
    private TestDatabase.Kind kind;
    private Registry registry;
    private Predicate<Secret> right;

    @BeforeEach
    void open() {
        registry = new Registry(kind);
        registry.product(PRODUCT);
        Secret secret = registry.products(p -> p.secret(PRODUCT));
        right = secret::equals;
        registry.device(PRODUCT, "lamp_01");
        permit(DynamicRegistration.ANY_NAME);
        registry.deviceChanges.clear();
    }

    @Test
    void aDeviceGetsANewSecret() {
        Secret before = secret(LAMP);
        WithSecret given = (WithSecret) giveSecret(LAMP, right);

        assertThat(given.secret().reveal()).matches("[0-9a-f]{32}");
        assertThat(given.secret()).isEqualTo(secret(LAMP)).isNotEqualTo(before);
    }

    @Test
    void aDeviceThatNeverConnectedGetsAnotherSecretEachTime() {
        WithSecret first = (WithSecret) giveSecret(LAMP, right);
        WithSecret second = (WithSecret) giveSecret(LAMP, right);

        assertThat(second.secret()).isEqualTo(secret(LAMP)).isNotEqualTo(first.secret());
    }

    @Test
    void theSecretBeforeIsNoLongerGood() {
        giveSecret(LAMP, right);
        assertThat(credentials(LAMP).previous()).isEmpty();
    }

    @Test
    void aNewSecretIsTold() {
        giveSecret(LAMP, right);
        assertThat(registry.deviceChanges).containsExactly(new DeviceChange(new RegistryChange(LAMP, Kind.SECRET_CHANGED)));
    }

    @Test
    void aDeviceThatHasConnectedKeepsItsSecret() {
        registry.write(List.of(StatusStore.Update.online(LAMP, Registry.NOW, "192.0.2.7")));
        Secret before = secret(LAMP);

        assertThat(giveSecret(LAMP, right)).isEqualTo(Refused.ACTIVATED);
        assertThat(secret(LAMP)).isEqualTo(before);
    }

    @Test
    void aDeviceHasConnectedEvenBeforeThatIsWritten() {
        registry.status.online(LAMP, Registry.NOW, "192.0.2.7");
        assertThat(giveSecret(LAMP, right)).isEqualTo(Refused.ACTIVATED);
    }

    @Test
    void anotherSignatureChangesNothing() {
        Secret before = secret(LAMP);

        assertThat(giveSecret(LAMP, WRONG)).isEqualTo(Refused.UNPROVEN);
        assertThat(giveToken(LAMP, WRONG)).isEqualTo(Refused.UNPROVEN);
        assertThat(secret(LAMP)).isEqualTo(before);
        assertThat(registry.deviceChanges).isEmpty();
    }

    @Test
    void anUnknownProductIsRefusedLikeAnotherSignature() {
        DeviceKey elsewhere = new DeviceKey("a1other", "lamp_01");
        assertThat(giveSecret(elsewhere, right)).isEqualTo(Refused.UNPROVEN);
        assertThat(giveToken(elsewhere, right)).isEqualTo(Refused.UNPROVEN);
    }

    @Test
    void noSignatureIsGoodForAnUnknownProduct() {
        assertThat(giveSecret(new DeviceKey("a1other", "lamp_01"), secret -> true)).isEqualTo(Refused.UNPROVEN);
    }

    @Test
    void theSignatureOfAnUnknownProductIsComputedToo() {
        List<Secret> asked = new ArrayList<>();
        giveSecret(new DeviceKey("a1other", "lamp_01"), asked::add);
        assertThat(asked).hasSize(1);
    }

    @Test
    void anUnknownDeviceGetsNoSecret() {
        assertThat(giveSecret(STRANGER, right)).isEqualTo(Refused.UNPROVEN);
    }

    @Test
    void aProductPermitsNothingUnlessItIsSwitchedOn() {
        permit(DynamicRegistration.OFF);
        assertThat(giveSecret(LAMP, right)).isEqualTo(Refused.SWITCHED_OFF);
        assertThat(giveToken(LAMP, right)).isEqualTo(Refused.SWITCHED_OFF);
    }

    @Test
    void thatTheSwitchIsOffIsNotToldToStrangers() {
        permit(DynamicRegistration.OFF);
        assertThat(giveSecret(LAMP, WRONG)).isEqualTo(Refused.UNPROVEN);
    }

    @Test
    void withPreRegistrationThereAreSecretsAndNoTokens() {
        permit(DynamicRegistration.PRE_REGISTERED);
        assertThat(giveSecret(LAMP, right)).isInstanceOf(WithSecret.class);
        assertThat(giveToken(LAMP, right)).isEqualTo(Refused.SWITCHED_OFF);
    }

    @Test
    void whereDevicesHaveCertificatesThereIsNothingToGet() {
        registry.products(p -> p.create(new NewProduct(Optional.of("a1certs"), "certs", Optional.empty(), Optional.empty(),
                Authentication.X509)));
        registry.products(p -> p.update("a1certs", new ProductChange(Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.of(DynamicRegistration.ANY_NAME))));
        Secret secret = registry.products(p -> p.secret("a1certs"));

        assertThat(giveToken(new DeviceKey("a1certs", "lamp_01"), secret::equals)).isEqualTo(Refused.SWITCHED_OFF);
    }

    @Test
    void aDisabledDeviceGetsNothing() {
        registry.devices(d -> d.setEnabled(LAMP, false));
        assertThat(giveSecret(LAMP, right)).isEqualTo(Refused.DISABLED);
        assertThat(giveToken(LAMP, right)).isEqualTo(Refused.DISABLED);
    }

    @Test
    void aDeviceOfAnyNameIsRegistered() {
        WithToken given = (WithToken) giveToken(STRANGER, right);

        assertThat(given.device()).isEqualTo(STRANGER);
        assertThat(given.clientId()).matches("[A-Za-z0-9]{20}");
        assertThat(given.token().reveal()).matches("[0-9a-f]{32}");
        assertThat(devices(STRANGER).key()).isEqualTo(STRANGER);
    }

    @Test
    void aDeviceThatIsRegisteredSoIsToldToConsumerGroups() {
        registry.products(p -> p.subscribe(PRODUCT, new ProductSubscription(Set.of(UpstreamKind.LIFECYCLE),
                List.of(ConsumerGroup.DEFAULT_ID))));
        giveToken(STRANGER, right);
        assertThat(registry.lives).hasSize(1);
    }

    @Test
    void theTokenIsKnownByItsHash() {
        WithToken given = (WithToken) giveToken(LAMP, right);

        assertThat(credentials(LAMP).tokens()).containsExactly(
                new DeviceToken(given.clientId(), DeviceToken.hash(given.token()), false));
        String stored = registry.database.call(e ->
                e.createQuery("select t.hash from DeviceTokenRow t", String.class).getSingleResult());
        assertThat(stored).doesNotContain(given.token().reveal());
    }

    @Test
    void eachPhysicalDeviceHasATokenOfItsOwn() {
        WithToken first = (WithToken) giveToken(LAMP, right);
        WithToken second = (WithToken) giveToken(LAMP, right);

        assertThat(credentials(LAMP).tokens()).extracting(DeviceToken::clientId)
                .containsExactlyInAnyOrder(first.clientId(), second.clientId());
    }

    @Test
    void aFurtherTokenTakesThePlaceOfTheOldestThatWasNeverUsed() {
        List<String> clientIds = new ArrayList<>();
        for (int i = 0; i <= Registrations.TOKENS_MAXIMUM; i++) {
            clientIds.add(((WithToken) giveToken(LAMP, right)).clientId());
            if (i == 0) {
                activate(clientIds.get(0));
            }
        }
        clientIds.remove(1);

        assertThat(issued()).extracting(IssuedToken::clientId).containsExactlyElementsOf(clientIds);
    }

    @Test
    void noMoreThanFivePhysicalDevicesConnect() {
        for (int i = 0; i < Registrations.TOKENS_MAXIMUM; i++) {
            activate(((WithToken) giveToken(LAMP, right)).clientId());
        }
        assertThat(giveToken(LAMP, right)).isEqualTo(Refused.TOO_MANY_TOKENS);
    }

    @Test
    void aDeviceThatConnectsWithItsSecretGetsNoToken() {
        registry.write(List.of(StatusStore.Update.online(LAMP, Registry.NOW, "192.0.2.7")));
        assertThat(giveToken(LAMP, right)).isEqualTo(Refused.ACTIVATED);
    }

    @Test
    void aDeviceThatConnectsWithATokenGetsFurtherOnes() {
        activate(((WithToken) giveToken(LAMP, right)).clientId());
        registry.write(List.of(StatusStore.Update.online(LAMP, Registry.NOW, "192.0.2.7")));
        assertThat(giveToken(LAMP, right)).isInstanceOf(WithToken.class);
    }

    @Test
    void theFirstUseOfATokenIsNotedAndTold() {
        String clientId = ((WithToken) giveToken(LAMP, right)).clientId();
        registry.deviceChanges.clear();
        activate(clientId);

        assertThat(issued()).containsExactly(new IssuedToken(clientId, Registry.NOW, Optional.of(Registry.NOW)));
        assertThat(registry.deviceChanges).containsExactly(new DeviceChange(new RegistryChange(LAMP, Kind.SECRET_CHANGED)));
    }

    @Test
    void aTokenThatIsGoneIsNotActivated() {
        activate("gone");
        assertThat(registry.deviceChanges).isEmpty();
    }

    @Test
    void aTokenTakenAwayIsGoneAndEndsTheConnection() {
        String clientId = ((WithToken) giveToken(LAMP, right)).clientId();
        registry.deviceChanges.clear();
        revoke(LAMP, clientId);

        assertThat(credentials(LAMP).tokens()).isEmpty();
        assertThat(registry.deviceChanges).containsExactly(new DeviceChange(new RegistryChange(LAMP, Kind.SECRET_WITHDRAWN)));
    }

    @Test
    void onlyATokenOfTheDeviceIsTakenAway() {
        String clientId = ((WithToken) giveToken(STRANGER, right)).clientId();
        assertThatThrownBy(() -> revoke(LAMP, clientId)).isInstanceOfSatisfying(RegistryException.class,
                e -> assertThat(e.problem()).isEqualTo(RegistryProblem.DEVICE_TOKEN_NOT_FOUND));
    }

    @Test
    void aDeviceThatWasResetMayRegisterAgain() {
        activate(((WithToken) giveToken(LAMP, right)).clientId());
        registry.write(List.of(StatusStore.Update.online(LAMP, Registry.NOW, "192.0.2.7")));
        Secret before = secret(LAMP);
        reset();

        assertThat(credentials(LAMP).tokens()).isEmpty();
        assertThat(secret(LAMP)).isEqualTo(before);
        assertThat(devices(LAMP).activatedAt()).isEmpty();
        assertThat(giveSecret(LAMP, right)).isInstanceOf(WithSecret.class);
    }

    @Test
    void aDeviceThatConnectsWithItsSecretAfterAResetGetsNoToken() {
        giveToken(LAMP, right);
        reset();
        registry.write(List.of(StatusStore.Update.online(LAMP, Registry.NOW, "192.0.2.7")));

        assertThat(giveToken(LAMP, right)).isEqualTo(Refused.ACTIVATED);
    }

    @Test
    void aResetEndsTheConnection() {
        reset();
        assertThat(registry.deviceChanges).containsExactly(new DeviceChange(new RegistryChange(LAMP, Kind.SECRET_WITHDRAWN)));
    }

    @Test
    void aDeletedDevicesTokensAreGone() {
        giveToken(LAMP, right);
        registry.devices(d -> {
            d.delete(LAMP);
            return true;
        });
        Long left = registry.database.call(e -> e.createQuery("select count(t) from DeviceTokenRow t", Long.class)
                .getSingleResult());
        assertThat(left).isZero();
    }

    private RegistrationResult giveSecret(DeviceKey key, Predicate<Secret> signed) {
        return registry.registrations(r -> r.giveSecret(key, signed));
    }

    private RegistrationResult giveToken(DeviceKey key, Predicate<Secret> signed) {
        return registry.registrations(r -> r.giveToken(key, signed));
    }

    private void permit(DynamicRegistration registration) {
        registry.products(p -> p.update(PRODUCT, new ProductChange(Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.of(registration))));
    }

    private void activate(String clientId) {
        registry.registrations(r -> {
            r.activate(LAMP, clientId);
            return true;
        });
    }

    private void revoke(DeviceKey key, String clientId) {
        registry.tokens(t -> {
            t.revoke(key, clientId);
            return true;
        });
    }

    private void reset() {
        registry.devices(d -> {
            d.reset(LAMP);
            return true;
        });
    }

    private List<IssuedToken> issued() {
        return registry.tokens(t -> t.list(LAMP));
    }

    private Device devices(DeviceKey key) {
        return registry.devices(d -> d.get(key));
    }

    private Secret secret(DeviceKey key) {
        return registry.devices(d -> d.secret(key));
    }

    private DeviceSecrets credentials(DeviceKey key) {
        return registry.source(s -> s.device(key)).orElseThrow().secrets();
    }
}
