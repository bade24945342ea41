package io.thingport.platform.registry;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.registry.FleetLine.DeviceLine;
import io.thingport.platform.registry.RegistryChange.Kind;
import io.thingport.platform.secrets.Secret;
import io.thingport.platform.secrets.SecretBox;
import io.thingport.platform.secrets.Tokens;
import io.thingport.platform.upstream.DeviceNotices.Action;
import io.thingport.platform.upstream.ProductSubscription;
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
    @Inject
    private Event<DeviceLife> lives;

    /** For the container. */
    public DeviceBatch() {
    }

    DeviceBatch(EntityManager entities, SecretBox box, Clock clock, Tokens tokens, Event<DeviceChange> changes,
            Event<DeviceLife> lives) {
        this.entities = entities;
        this.box = box;
        this.clock = clock;
        this.tokens = tokens;
        this.changes = changes;
        this.lives = lives;
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
        known.lives.forEach(lives::fire);
        return results;
    }

    /** What is there, and what this batch has added and changed so far. */
    private static final class Known {
        private final Map<String, ProductSubscription> products;
        private final Map<DeviceKey, DeviceRow> rows;
        private final List<RegistryChange> changes = new ArrayList<>();
        private final List<DeviceLife> lives = new ArrayList<>();

        Known(Map<String, ProductSubscription> products, Map<DeviceKey, DeviceRow> rows) {
            this.products = products;
            this.rows = rows;
        }

        void tell(DeviceRow row, DeviceKey key, Action action, Optional<Secret> secret, Instant when) {
            row.life(products.get(key.productKey()), action, secret, when).ifPresent(lives::add);
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
        if (!known.products.containsKey(key.productKey())) {
            return LineResult.failed("productKey: there is no such product");
        }
        DeviceRow row = known.rows.get(key);
        if (row == null) {
            known.rows.put(key, create(key, given, nickname, line.enabled().orElse(true), known, now));
            return LineResult.CREATED;
        }
        if (given.isPresent() && !given.get().equals(box.open(row.sealedSecret(), Devices.owner(key)))) {
            return LineResult.failed("there is one already, with another secret");
        }
        return change(row, key, nickname, line.enabled().orElse(row.enabled()), known, now);
    }

    private DeviceRow create(DeviceKey key, Optional<Secret> given, Optional<String> nickname, boolean enabled,
            Known known, Instant now) {
        Secret secret = given.orElseGet(() -> Secret.of(tokens.hex(32)));
        DeviceRow row = new DeviceRow(key, tokens.alphanumeric(30), nickname, box.seal(secret, Devices.owner(key)), now);
        row.enable(enabled);
        entities.persist(row);
        known.tell(row, key, Action.CREATE, Optional.of(secret), now);
        if (!enabled) {
            known.tell(row, key, Action.DISABLE, Optional.empty(), now);
        }
        return row;
    }

    private static LineResult change(DeviceRow row, DeviceKey key, Optional<String> nickname, boolean enabled,
            Known known, Instant now) {
        boolean renamed = nickname.isPresent() && !nickname.equals(row.toDevice().nickname());
        boolean switched = enabled != row.enabled();
        if (renamed) {
            row.nickname(nickname);
        }
        if (switched) {
            row.enable(enabled);
            known.changes.add(new RegistryChange(key, enabled ? Kind.ENABLED : Kind.DISABLED));
            known.tell(row, key, enabled ? Action.ENABLE : Action.DISABLE, Optional.empty(), now);
        }
        return renamed || switched ? LineResult.CHANGED : LineResult.UNCHANGED;
    }

    private Map<String, ProductSubscription> products(List<DeviceLine> lines) {
        Set<String> asked = lines.stream().map(DeviceLine::productKey).filter(DeviceKey::isProductKey)
                .collect(Collectors.toSet());
        return asked.isEmpty() ? Map.of() : entities
                .createQuery("select p from ProductRow p where p.productKey in :keys", ProductRow.class)
                .setParameter("keys", asked)
                .getResultStream().collect(Collectors.toMap(ProductRow::productKey, ProductRow::subscription));
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
