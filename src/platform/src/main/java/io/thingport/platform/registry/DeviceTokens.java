package io.thingport.platform.registry;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.registry.RegistryChange.Kind;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
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
    private Clock clock;
    @Inject
    private Event<DeviceChange> changes;

    /** For the container. */
    public DeviceTokens() {
    }

    DeviceTokens(EntityManager entities, Clock clock, Event<DeviceChange> changes) {
        this.entities = entities;
        this.clock = clock;
        this.changes = changes;
    }

    /**
     * All tokens of a device, oldest first. At most {@link Registrations#TOKENS_MAXIMUM}.
     *
     * @throws RegistryException when there is no such device
     */
    public List<IssuedToken> list(DeviceKey key) {
        return of(entities, find(key, LockModeType.NONE)).stream().map(DeviceTokenRow::toIssued).toList();
    }

    /**
     * Takes a token away and ends the device's connection, whichever token that was made with. Another physical device may
     * be registered in its place.
     *
     * @throws RegistryException when there is no such device or token
     */
    public void revoke(DeviceKey key, String clientId) {
        DeviceTokenRow token = token(find(key, LockModeType.PESSIMISTIC_WRITE), clientId)
                .orElseThrow(() -> new RegistryException(RegistryProblem.DEVICE_TOKEN_NOT_FOUND,
                        "the device has no token with this client id"));
        entities.remove(token);
        tell(key, Kind.SECRET_WITHDRAWN);
    }

    /** Notes that a token is connected with for the first time: no other takes its place any more. Nothing when it is gone. */
    public void activate(DeviceKey key, String clientId) {
        try {
            locked(entities, key).flatMap(device -> token(device, clientId)).filter(token -> !token.activated())
                    .ifPresent(token -> {
                        token.activate(clock.instant().truncatedTo(ChronoUnit.MILLIS));
                        tell(key, Kind.SECRET_CHANGED);
                    });
        } catch (RegistryException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new StoreUnavailableException(e);
        }
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

    private Optional<DeviceTokenRow> token(DeviceRow device, String clientId) {
        return of(entities, device).stream().filter(row -> row.toToken().clientId().equals(clientId)).findAny();
    }

    private DeviceRow find(DeviceKey key, LockModeType lock) {
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

    private void tell(DeviceKey key, Kind kind) {
        Flush.changes(entities, Devices.notFound(key));
        changes.fire(new DeviceChange(new RegistryChange(key, kind)));
    }
}
