package io.thingport.platform.registry;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.registry.RegistrationResult.Refused;
import io.thingport.platform.registry.RegistrationResult.WithSecret;
import io.thingport.platform.registry.RegistrationResult.WithToken;
import io.thingport.platform.registry.RegistryChange.Kind;
import io.thingport.platform.secrets.Secret;
import io.thingport.platform.secrets.SecretBox;
import io.thingport.platform.secrets.Tokens;
import jakarta.ejb.EJB;
import jakarta.ejb.LocalBean;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Devices that ask for what they connect with, in the database. */
@Stateless
@LocalBean
public class Registrations implements RegistrationStore {

    /** As many physical devices the Aliyun IoT Platform lets connect under one device name. */
    public static final int TOKENS_MAXIMUM = 5;

    private static final int CLIENT_ID_LENGTH = 20;
    private static final int PRODUCT_SECRET_LENGTH = 16;

    @PersistenceContext(unitName = "thingport")
    private EntityManager entities;
    @Inject
    private SecretBox box;
    @Inject
    private Clock clock;
    @Inject
    private Tokens tokens;
    @EJB
    private Devices devices;
    @Inject
    private DeviceStatusWriter status;
    @Inject
    private Event<DeviceChange> changes;

    /** For the container. */
    public Registrations() {
    }

    Registrations(EntityManager entities, SecretBox box, Clock clock, Tokens tokens, Devices devices,
            DeviceStatusWriter status, Event<DeviceChange> changes) {
        this.entities = entities;
        this.box = box;
        this.clock = clock;
        this.tokens = tokens;
        this.devices = devices;
        this.status = status;
        this.changes = changes;
    }

    @Override
    public RegistrationResult giveSecret(DeviceKey key, Predicate<Secret> signed) {
        return stored(() -> answer(key, signed, permitted -> permitted != DynamicRegistration.OFF,
                () -> locked(key).map(this::giveSecret).orElse(Refused.UNPROVEN)));
    }

    private RegistrationResult giveSecret(DeviceRow device) {
        if (!device.enabled()) {
            return Refused.DISABLED;
        }
        if (activated(device)) {
            return Refused.ACTIVATED;
        }
        Secret secret = Secret.of(tokens.hex(32));
        device.replaceSecret(box.seal(secret, Devices.owner(device.key())), Optional.empty());
        tell(device.key());
        return new WithSecret(device.key(), secret);
    }

    @Override
    public RegistrationResult giveToken(DeviceKey key, Predicate<Secret> signed) {
        return stored(() -> answer(key, signed, permitted -> permitted == DynamicRegistration.ANY_NAME,
                () -> giveToken(locked(key).orElseGet(() -> register(key)))));
    }

    private RegistrationResult giveToken(DeviceRow device) {
        if (!device.enabled()) {
            return Refused.DISABLED;
        }
        if (!device.isByToken() && activated(device)) {
            return Refused.ACTIVATED;
        }
        List<DeviceTokenRow> issued = DeviceTokens.of(entities, device);
        if (issued.size() >= TOKENS_MAXIMUM) {
            Optional<DeviceTokenRow> unused = issued.stream().filter(row -> !row.activated()).findFirst();
            if (unused.isEmpty()) {
                return Refused.TOO_MANY_TOKENS;
            }
            entities.remove(unused.get());
        }
        Secret token = Secret.of(tokens.hex(32));
        String clientId = tokens.alphanumeric(CLIENT_ID_LENGTH);
        entities.persist(new DeviceTokenRow(device.id(), clientId, DeviceToken.hash(token), now()));
        device.byToken(true);
        tell(device.key());
        return new WithToken(device.key(), clientId, token);
    }

    @Override
    public void activate(DeviceKey key, String clientId) {
        stored(() -> {
            locked(key).flatMap(device -> DeviceTokens.find(entities, device, clientId))
                    .filter(token -> !token.activated()).ifPresent(token -> {
                        token.activate(now());
                        tell(key);
                    });
            return key;
        });
    }

    private DeviceRow register(DeviceKey key) {
        devices.register(key.productKey(), new NewDevice(Optional.of(key.deviceName()), Optional.empty(), Optional.empty()));
        return locked(key).orElseThrow();
    }

    /** Asks the database the same whatever comes of it: the time tells a stranger neither of product nor device. */
    private RegistrationResult answer(DeviceKey key, Predicate<Secret> signed, Predicate<DynamicRegistration> permits,
            Supplier<RegistrationResult> give) {
        Optional<ProductRow> product = entities
                .createQuery("select p from ProductRow p where p.productKey = :key", ProductRow.class)
                .setParameter("key", key.productKey())
                .getResultStream().findAny();
        Secret secret = product.map(row -> box.open(row.sealedSecret(), Products.owner(key.productKey())))
                .orElseGet(() -> Secret.of(tokens.alphanumeric(PRODUCT_SECRET_LENGTH)));
        if (!signed.test(secret) || product.isEmpty()) {
            return Refused.UNPROVEN;
        }
        boolean permitted = product.get().authentication() == Authentication.SECRET
                && permits.test(product.get().dynamicRegistration());
        return permitted ? give.get() : Refused.SWITCHED_OFF;
    }

    /** That it has connected is written a moment later. */
    private boolean activated(DeviceRow device) {
        return device.activated() || status.isOnlineUnwritten(device.key());
    }

    private Optional<DeviceRow> locked(DeviceKey key) {
        return DeviceTokens.locked(entities, key);
    }

    private void tell(DeviceKey key) {
        Flush.changes(entities, Devices.notFound(key));
        changes.fire(new DeviceChange(new RegistryChange(key, Kind.SECRET_CHANGED)));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static <T> T stored(Supplier<T> work) {
        try {
            return work.get();
        } catch (RegistryException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new StoreUnavailableException(e);
        }
    }
}
