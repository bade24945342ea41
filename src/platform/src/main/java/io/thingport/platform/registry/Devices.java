package io.thingport.platform.registry;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.audit.Audited;
import io.thingport.platform.registry.RegistryChange.Kind;
import io.thingport.platform.secrets.Secret;
import io.thingport.platform.secrets.SecretBox;
import io.thingport.platform.secrets.Tokens;
import io.thingport.platform.store.DeviceSessions;
import io.thingport.platform.upstream.DeviceNotices.Action;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Devices of products. Every method may throw {@link RegistryException}; calls block on the database. */
@Stateless
public class Devices {

    @PersistenceContext(unitName = "thingport")
    private EntityManager entities;
    @Inject
    private SecretBox box;
    @Inject
    private Clock clock;
    @Inject
    private Tokens tokens;
    @Inject
    private Event<DeviceChange> changes;
    @Inject
    private Event<DeviceLife> lives;

    /** For the container. */
    public Devices() {
    }

    Devices(EntityManager entities, SecretBox box, Clock clock, Tokens tokens, Event<DeviceChange> changes,
            Event<DeviceLife> lives) {
        this.entities = entities;
        this.box = box;
        this.clock = clock;
        this.tokens = tokens;
        this.changes = changes;
        this.lives = lives;
    }

    @Audited("device.create")
    public Device register(@Audited.Product String productKey, NewDevice device) {
        ProductRow product = product(productKey);
        DeviceKey key = new DeviceKey(productKey,
                RegistryRules.deviceName(device.deviceName().orElseGet(() -> tokens.alphanumeric(20))));
        Secret secret = given(device.secret());
        DeviceRow row = new DeviceRow(key, tokens.alphanumeric(30), RegistryRules.nickname(device.nickname()),
                box.seal(secret, owner(key)), now());
        entities.persist(row);
        flush(productKey);
        tell(product, row, Action.CREATE, Optional.of(secret));
        return row.toDevice();
    }

    public Device get(DeviceKey key) {
        return find(key).toDevice();
    }

    /** Those of these names that no device of a product has; at most some hundred names. */
    public Set<String> unknown(String productKey, Set<String> deviceNames) {
        product(productKey);
        Set<String> unknown = new LinkedHashSet<>(deviceNames);
        entities.createQuery("select d.deviceName from DeviceRow d where d.productKey = :product and d.deviceName in :names",
                        String.class)
                .setParameter("product", productKey).setParameter("names", deviceNames)
                .getResultList().forEach(unknown::remove);
        return unknown;
    }

    /** The device's secret, for its owner. */
    public Secret secret(DeviceKey key) {
        return box.open(find(key).sealedSecret(), owner(key));
    }

    /**
     * @param after the cursor of the page before, empty for the newest
     * @param limit 1 to {@link Page#LIMIT_MAXIMUM}
     */
    public Page<Device> list(String productKey, Optional<String> after, int limit) {
        product(productKey);
        List<DeviceRow> rows = entities
                .createQuery("select d from DeviceRow d where d.productKey = :product and d.id < :before"
                        + " order by d.id desc", DeviceRow.class)
                .setParameter("product", productKey)
                .setParameter("before", Cursor.before("devices " + productKey, after))
                .setMaxResults(RegistryRules.limit(limit) + 1)
                .getResultList();
        return Cursor.page("devices " + productKey, rows, limit, DeviceRow::id, DeviceRow::toDevice);
    }

    /**
     * Gives a device a new secret; the old one stays valid for a while. An older one, from a rotation before, does not.
     *
     * @param given made up when absent: 32 hexadecimal digits
     * @param grace how long the old secret is valid, up to 30 days; none at all ends the device's connection
     */
    @Audited("device.secret.change")
    public RotatedSecret rotateSecret(DeviceKey key, Optional<Secret> given, Duration grace) {
        Secret secret = given(given);
        boolean atOnce = RegistryRules.grace(grace).isZero();
        Optional<Instant> graceEnd = atOnce ? Optional.empty() : Optional.of(now().plus(grace));
        DeviceRow row = find(key);
        if (box.open(row.sealedSecret(), owner(key)).equals(secret)) {
            throw new RegistryException(RegistryProblem.INVALID_DEVICE_SECRET, "secret: the device has it already");
        }
        row.replaceSecret(box.seal(secret, owner(key)), graceEnd);
        flush(key.productKey());
        changes.fire(new DeviceChange(new RegistryChange(key, atOnce ? Kind.SECRET_WITHDRAWN : Kind.SECRET_CHANGED)));
        return new RotatedSecret(secret, graceEnd);
    }

    /** Ends the time of a device's previous secret, if it has one, and the device's connection. */
    @Audited("device.secret.drop-previous")
    public void dropPreviousSecret(DeviceKey key) {
        find(key).dropPreviousSecret();
        flush(key.productKey());
        changes.fire(new DeviceChange(new RegistryChange(key, Kind.SECRET_WITHDRAWN)));
    }

    /** Lets a device connect or forbids it, which also ends its connection. Repeating is harmless. */
    @Audited(value = "device.enable", ifFalse = "device.disable")
    public Device setEnabled(DeviceKey key, boolean enabled) {
        DeviceRow row = find(key);
        boolean other = row.enabled() != enabled;
        row.enable(enabled);
        flush(key.productKey());
        if (other) {
            tell(product(key.productKey()), row, enabled ? Action.ENABLE : Action.DISABLE, Optional.empty());
        }
        changes.fire(new DeviceChange(new RegistryChange(key, enabled ? Kind.ENABLED : Kind.DISABLED)));
        return row.toDevice();
    }

    /**
     * Makes a device one that has never connected: it may register itself again, its tokens are gone, its connection ends.
     * It keeps its secret until it gets another one; who connects with that meanwhile has connected.
     */
    @Audited("device.reset")
    public void reset(DeviceKey key) {
        DeviceRow row = DeviceTokens.locked(entities, key).orElseThrow(() -> notFound(key));
        row.byToken(false);
        flush(key.productKey());
        entities.createQuery("delete from DeviceTokenRow t where t.deviceId = :device")
                .setParameter("device", row.id())
                .executeUpdate();
        entities.createQuery("update DeviceRow d set d.activatedAt = null where d.id = :device")
                .setParameter("device", row.id())
                .executeUpdate();
        changes.fire(new DeviceChange(new RegistryChange(key, Kind.SECRET_WITHDRAWN)));
    }

    /** Deletes a device, its session and its certificates, which also ends its connection. */
    @Audited("device.delete")
    public void delete(DeviceKey key) {
        DeviceRow row = find(key);
        DeviceSessions.end(entities, row.id());
        entities.remove(row);
        flush(key.productKey());
        tell(product(key.productKey()), row, Action.DELETE, Optional.empty());
        changes.fire(new DeviceChange(new RegistryChange(key, Kind.DELETED)));
    }

    /** Whom a device's secret is sealed for. */
    static String owner(DeviceKey key) {
        return "device:" + key;
    }

    private Secret given(Optional<Secret> given) {
        return given.map(RegistryRules::deviceSecret).orElseGet(() -> Secret.of(tokens.hex(32)));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private DeviceRow find(DeviceKey key) {
        return entities
                .createQuery("select d from DeviceRow d where d.productKey = :product and d.deviceName = :name",
                        DeviceRow.class)
                .setParameter("product", key.productKey())
                .setParameter("name", key.deviceName())
                .getResultStream().findAny()
                .orElseThrow(() -> notFound(key));
    }

    private ProductRow product(String productKey) {
        if (!DeviceKey.isProductKey(productKey)) {
            throw noProduct(productKey);
        }
        return entities.createQuery("select p from ProductRow p where p.productKey = :key", ProductRow.class)
                .setParameter("key", productKey)
                .getResultStream().findAny().orElseThrow(() -> noProduct(productKey));
    }

    private void tell(ProductRow product, DeviceRow row, Action action, Optional<Secret> secret) {
        row.life(product.subscription(), action, secret, now()).ifPresent(lives::fire);
    }

    private void flush(String productKey) {
        Flush.changes(entities, noProduct(productKey));
    }

    static RegistryException notFound(DeviceKey key) {
        return new RegistryException(RegistryProblem.DEVICE_NOT_FOUND, "there is no device " + key);
    }

    private static RegistryException noProduct(String productKey) {
        return new RegistryException(RegistryProblem.PRODUCT_NOT_FOUND, "there is no product " + productKey);
    }
}
