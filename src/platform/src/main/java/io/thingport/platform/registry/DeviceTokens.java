package io.thingport.platform.registry;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.audit.Audited;
import io.thingport.platform.registry.RegistryChange.Kind;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;

/**
 * The tokens of the physical devices under one device name. They change only while the device's row is locked. Calls block
 * on the database.
 */
@Stateless
public class DeviceTokens {

    @PersistenceContext(unitName = "thingport")
    private EntityManager entities;
    @Inject
    private Event<DeviceChange> changes;

    /** For the container. */
    public DeviceTokens() {
    }

    DeviceTokens(EntityManager entities, Event<DeviceChange> changes) {
        this.entities = entities;
        this.changes = changes;
    }

    /**
     * All tokens of a device, oldest first. At most {@link Registrations#TOKENS_MAXIMUM}.
     *
     * @throws RegistryException when there is no such device
     */
    public List<IssuedToken> list(DeviceKey key) {
        return of(entities, device(key, LockModeType.NONE)).stream().map(DeviceTokenRow::toIssued).toList();
    }

    /**
     * Takes a token away and ends the device's connection, whichever token that was made with. Another physical device may
     * be registered in its place.
     *
     * @throws RegistryException when there is no such device or token
     */
    @Audited("device-token.delete")
    public void revoke(DeviceKey key, @Audited.Id String clientId) {
        DeviceTokenRow token = find(entities, device(key, LockModeType.PESSIMISTIC_WRITE), clientId)
                .orElseThrow(() -> new RegistryException(RegistryProblem.DEVICE_TOKEN_NOT_FOUND,
                        "the device has no token with this client id"));
        entities.remove(token);
        Flush.changes(entities, Devices.notFound(key));
        changes.fire(new DeviceChange(new RegistryChange(key, Kind.SECRET_WITHDRAWN)));
    }

    /** A device with its row locked. */
    static Optional<DeviceRow> locked(EntityManager entities, DeviceKey key) {
        return find(entities, key, LockModeType.PESSIMISTIC_WRITE);
    }

    /** Oldest first. */
    static List<DeviceTokenRow> of(EntityManager entities, DeviceRow device) {
        return entities
                .createQuery("select t from DeviceTokenRow t where t.deviceId = :device order by t.id", DeviceTokenRow.class)
                .setParameter("device", device.id())
                .getResultList();
    }

    static Optional<DeviceTokenRow> find(EntityManager entities, DeviceRow device, String clientId) {
        return of(entities, device).stream().filter(row -> row.toToken().clientId().equals(clientId)).findAny();
    }

    private DeviceRow device(DeviceKey key, LockModeType lock) {
        return find(entities, key, lock).orElseThrow(() -> Devices.notFound(key));
    }

    private static Optional<DeviceRow> find(EntityManager entities, DeviceKey key, LockModeType lock) {
        return entities
                .createQuery("select d from DeviceRow d where d.productKey = :product and d.deviceName = :name",
                        DeviceRow.class)
                .setParameter("product", key.productKey())
                .setParameter("name", key.deviceName())
                .setLockMode(lock)
                .getResultStream().findAny();
    }
}
