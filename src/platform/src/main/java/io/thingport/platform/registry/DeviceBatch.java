package io.thingport.platform.registry;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.registry.FleetLine.DeviceLine;
import io.thingport.platform.registry.RegistryChange.Kind;
import io.thingport.platform.secrets.Secret;
import io.thingport.platform.secrets.SecretBox;
import io.thingport.platform.secrets.Tokens;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Devices of an import: some statements for hundreds of lines. Part of the caller's transaction; blocks on the database. */
@Stateless
public class DeviceBatch {

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

    /** For the container. */
    public DeviceBatch() {
    }

    DeviceBatch(EntityManager entities, SecretBox box, Clock clock, Tokens tokens, Event<DeviceChange> changes) {
        this.entities = entities;
        this.box = box;
        this.clock = clock;
        this.tokens = tokens;
        this.changes = changes;
    }

    /**
     * A result for each line.
     *
     * @throws RegistryException when another caller interferes; the transaction is lost
     */
    public List<LineResult> apply(List<DeviceLine> lines) {
        Known known = new Known(products(lines), rows(lines));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<LineResult> results = lines.stream().map(line -> apply(line, known, now)).toList();
        Flush.changes(entities, new RegistryException(RegistryProblem.PRODUCT_NOT_FOUND,
                "productKey: there is no such product"));
        known.changes.forEach(change -> changes.fire(new DeviceChange(change)));
        return results;
    }

    /** What is there, and what this batch has added and changed so far. */
    private static final class Known {
        private final Set<String> products;
        private final Map<DeviceKey, DeviceRow> rows;
        private final List<RegistryChange> changes = new ArrayList<>();

        Known(Set<String> products, Map<DeviceKey, DeviceRow> rows) {
            this.products = products;
            this.rows = rows;
        }
    }

    private LineResult apply(DeviceLine line, Known known, Instant now) {
        DeviceKey key;
        Optional<Secret> given;
        Optional<String> nickname;
        try {
            key = new DeviceKey(RegistryRules.productKey(line.productKey()), RegistryRules.deviceName(line.deviceName()));
            given = line.secret().map(RegistryRules::deviceSecret);
            nickname = RegistryRules.nickname(line.nickname());
        } catch (RegistryException e) {
            return LineResult.failed(e.getMessage());
        }
        if (!known.products.contains(key.productKey())) {
            return LineResult.failed("productKey: there is no such product");
        }
        DeviceRow row = known.rows.get(key);
        if (row == null) {
            known.rows.put(key, create(key, given, nickname, line.enabled().orElse(true), now));
            return LineResult.CREATED;
        }
        if (given.isPresent() && !given.get().equals(box.open(row.sealedSecret(), Devices.owner(key)))) {
            return LineResult.failed("there is one already, with another secret");
        }
        return change(row, key, nickname, line.enabled().orElse(row.enabled()), known);
    }

    private DeviceRow create(DeviceKey key, Optional<Secret> given, Optional<String> nickname, boolean enabled,
            Instant now) {
        Secret secret = given.orElseGet(() -> Secret.of(tokens.hex(32)));
        DeviceRow row = new DeviceRow(key, tokens.alphanumeric(30), nickname, box.seal(secret, Devices.owner(key)), now);
        row.enable(enabled);
        entities.persist(row);
        return row;
    }

    private static LineResult change(DeviceRow row, DeviceKey key, Optional<String> nickname, boolean enabled,
            Known known) {
        boolean renamed = nickname.isPresent() && !nickname.equals(row.toDevice().nickname());
        boolean switched = enabled != row.enabled();
        if (renamed) {
            row.nickname(nickname);
        }
        if (switched) {
            row.enable(enabled);
            known.changes.add(new RegistryChange(key, enabled ? Kind.ENABLED : Kind.DISABLED));
        }
        return renamed || switched ? LineResult.CHANGED : LineResult.UNCHANGED;
    }

    private Set<String> products(List<DeviceLine> lines) {
        Set<String> asked = lines.stream().map(DeviceLine::productKey).filter(DeviceKey::isProductKey)
                .collect(Collectors.toSet());
        return asked.isEmpty() ? Set.of() : new HashSet<>(entities
                .createQuery("select p.productKey from ProductRow p where p.productKey in :keys", String.class)
                .setParameter("keys", asked)
                .getResultList());
    }

    private Map<DeviceKey, DeviceRow> rows(List<DeviceLine> lines) {
        Map<String, Set<String>> asked = lines.stream()
                .filter(line -> DeviceKey.isProductKey(line.productKey()) && DeviceKey.isDeviceName(line.deviceName()))
                .collect(Collectors.groupingBy(DeviceLine::productKey,
                        Collectors.mapping(DeviceLine::deviceName, Collectors.toSet())));
        Map<DeviceKey, DeviceRow> rows = new HashMap<>();
        asked.forEach((product, names) -> entities
                .createQuery("select d from DeviceRow d where d.productKey = :product and d.deviceName in :names",
                        DeviceRow.class)
                .setParameter("product", product)
                .setParameter("names", names)
                .getResultStream().forEach(row -> rows.put(row.toDevice().key(), row)));
        return rows;
    }
}
