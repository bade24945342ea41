package io.thingport.platform.apply;

import io.thingport.platform.audit.Audited;
import io.thingport.platform.registry.DeviceBatch;
import io.thingport.platform.registry.DeviceCatalogue;
import io.thingport.platform.registry.FleetLine.DeviceLine;
import io.thingport.platform.registry.LineResult;
import io.thingport.platform.registry.LineResult.Outcome;
import io.thingport.platform.registry.NamedDevice;
import io.thingport.platform.registry.NumberedPage;
import io.thingport.platform.registry.OwnedDevice;
import io.thingport.platform.registry.Products;
import io.thingport.platform.registry.RegistryException;
import io.thingport.platform.registry.RegistryProblem;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.Session;

/** Applies in the database, each call in a transaction. Calls block and may throw {@link RegistryException}. */
@Stateless
public class ApplyStore {

    static final int RUNNING_MAXIMUM = 20;

    private static final int STEP = 500;

    @PersistenceContext(unitName = "thingport")
    private EntityManager entities;
    @EJB
    private Products products;
    @EJB
    private DeviceCatalogue catalogue;
    @EJB
    private DeviceBatch devices;
    @Inject
    private Clock clock;

    /** For the container. */
    public ApplyStore() {
    }

    ApplyStore(EntityManager entities, Products products, DeviceCatalogue catalogue, DeviceBatch devices, Clock clock) {
        this.entities = entities;
        this.products = products;
        this.catalogue = catalogue;
        this.devices = devices;
        this.clock = clock;
    }

    /** Keeps an apply that is checked or refused, depending on whether there are devices of these names. */
    public DeviceApply addChecked(String productKey, List<NamedDevice> named) {
        products.get(productKey);
        makeRoom();
        Set<String> taken = catalogue.present(productKey, named.stream().map(NamedDevice::deviceName).toList());
        return add(new DeviceApplyRow(productKey, taken.isEmpty() ? ApplyState.CHECKED : ApplyState.REFUSED, named.size(),
                now()), named, taken);
    }

    /** Keeps an apply whose devices are to be created at once. */
    @Audited("device.apply")
    public DeviceApply addRunning(@Audited.Product String productKey, List<NamedDevice> named) {
        products.get(productKey);
        refuseTooMany();
        makeRoom();
        return add(new DeviceApplyRow(productKey, ApplyState.CREATING, named.size(), now()), named, Set.of());
    }

    /** Has the devices of an apply created that was checked; one whose devices were created already stays as it is. */
    @Audited("device.apply")
    public DeviceApply start(@Audited.Product String productKey, @Audited.Id long id) {
        DeviceApplyRow row = find(id, LockModeType.PESSIMISTIC_WRITE);
        if (!row.productKey().equals(productKey)) {
            throw notFound(id);
        }
        switch (row.state()) {
            case CHECKED -> {
                refuseTooMany();
                row.state(ApplyState.CREATING);
            }
            case CREATING -> throw new RegistryException(RegistryProblem.APPLY_RUNNING,
                    "the devices of apply " + id + " are being created");
            case REFUSED, FAILED -> throw new RegistryException(RegistryProblem.APPLY_REFUSED,
                    "other devices have some of the names of apply " + id);
            case CREATED -> { }
        }
        return row.toApply();
    }

    public DeviceApply get(long id) {
        return find(id, LockModeType.NONE).toApply();
    }

    /** The names of an apply of which this has become, in their order. */
    public List<String> names(long id, NameState state) {
        return names(id, state, 0, DeviceApplies.DEVICES_MAXIMUM);
    }

    /**
     * A page of the devices that were created for an apply, in the order of their names there. Devices that have been deleted
     * since are counted and left out.
     */
    public NumberedPage<OwnedDevice> devices(long id, int number, int size) {
        int offset = NumberedPage.offset(number, size);
        String productKey = find(id, LockModeType.NONE).productKey();
        List<String> names = names(id, NameState.CREATED, offset, size);
        Map<String, OwnedDevice> found = catalogue.owned(productKey, names).stream()
                .collect(Collectors.toMap(owned -> owned.device().key().deviceName(), Function.identity()));
        long total = entities.createQuery("select count(n) from ApplyNameRow n"
                        + " where n.place.applyId = :apply and n.state = :state", Long.class)
                .setParameter("apply", id)
                .setParameter("state", NameState.CREATED)
                .getSingleResult();
        return new NumberedPage<>(names.stream().filter(found::containsKey).map(found::get).toList(), number, size, total,
                Optional.empty());
    }

    /** The oldest apply whose devices are being created. */
    public Optional<Long> running() {
        return entities.createQuery("select a.id from DeviceApplyRow a where a.state = :state order by a.id", Long.class)
                .setParameter("state", ApplyState.CREATING)
                .setMaxResults(1)
                .getResultStream().findAny();
    }

    /**
     * Creates some devices of an apply.
     *
     * @return whether there is more to do
     * @throws RegistryException when another caller interferes; nothing was done, and it is worth another try
     */
    public boolean create(long id) {
        Optional<DeviceApplyRow> apply = Optional.ofNullable(
                entities.find(DeviceApplyRow.class, id, LockModeType.PESSIMISTIC_WRITE))
                .filter(row -> row.state() == ApplyState.CREATING);
        apply.ifPresent(this::create);
        return apply.isPresent() && apply.get().state() == ApplyState.CREATING;
    }

    private void create(DeviceApplyRow apply) {
        entities.unwrap(Session.class).setJdbcBatchSize(STEP);
        List<ApplyNameRow> rows = entities.createQuery("select n from ApplyNameRow n"
                        + " where n.place.applyId = :apply and n.state = :state order by n.place.number", ApplyNameRow.class)
                .setParameter("apply", apply.id())
                .setParameter("state", NameState.FREE)
                .setMaxResults(STEP)
                .getResultList();
        Set<String> taken = catalogue.present(apply.productKey(), rows.stream().map(ApplyNameRow::deviceName).toList());
        rows.stream().filter(row -> taken.contains(row.deviceName())).forEach(row -> row.state(NameState.TAKEN));
        List<ApplyNameRow> free = rows.stream().filter(row -> !taken.contains(row.deviceName())).toList();
        List<DeviceLine> lines = free.stream().map(row -> row.line(apply.productKey())).toList();
        List<LineResult> results = devices.apply(lines);
        for (int i = 0; i < free.size(); i++) {
            free.get(i).state(results.get(i).outcome() == Outcome.CREATED ? NameState.CREATED : NameState.TAKEN);
        }
        if (rows.size() < STEP) {
            entities.flush();
            apply.state(names(apply.id(), NameState.TAKEN, 0, 1).isEmpty() ? ApplyState.CREATED : ApplyState.FAILED);
        }
    }

    private DeviceApply add(DeviceApplyRow apply, List<NamedDevice> named, Set<String> taken) {
        entities.unwrap(Session.class).setJdbcBatchSize(STEP);
        entities.persist(apply);
        List<ApplyNameRow> rows = new ArrayList<>(named.size());
        for (NamedDevice device : named) {
            rows.add(new ApplyNameRow(new ApplyNameRow.Place(apply.id(), rows.size() + 1), device,
                    taken.contains(device.deviceName()) ? NameState.TAKEN : NameState.FREE));
        }
        rows.forEach(entities::persist);
        return apply.toApply();
    }

    private List<String> names(long id, NameState state, int offset, int limit) {
        return entities.createQuery("select n.deviceName from ApplyNameRow n"
                        + " where n.place.applyId = :apply and n.state = :state order by n.place.number", String.class)
                .setParameter("apply", id)
                .setParameter("state", state)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    private void refuseTooMany() {
        if (count(" where a.state = CREATING") >= RUNNING_MAXIMUM) {
            throw new RegistryException(RegistryProblem.TOO_MANY_APPLIES,
                    "the devices of " + RUNNING_MAXIMUM + " applies are being created, no more at a time");
        }
    }

    /** Forgets applies that are old, and the oldest ones that are not under way when there are too many. */
    private void makeRoom() {
        entities.createQuery("delete from DeviceApplyRow a where a.state <> CREATING and a.createdAt < :old")
                .setParameter("old", now().minus(DeviceApplies.KEPT))
                .executeUpdate();
        long surplus = count("") - DeviceApplies.KEPT_MAXIMUM + 1;
        if (surplus > 0) {
            List<Long> oldest = entities
                    .createQuery("select a.id from DeviceApplyRow a where a.state <> CREATING order by a.id", Long.class)
                    .setMaxResults((int) surplus)
                    .getResultList();
            entities.createQuery("delete from DeviceApplyRow a where a.id in :ids")
                    .setParameter("ids", oldest)
                    .executeUpdate();
        }
    }

    private long count(String where) {
        return entities.createQuery("select count(a) from DeviceApplyRow a" + where, Long.class).getSingleResult();
    }

    private DeviceApplyRow find(long id, LockModeType lock) {
        return Optional.ofNullable(entities.find(DeviceApplyRow.class, id, lock)).orElseThrow(() -> notFound(id));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static RegistryException notFound(long id) {
        return new RegistryException(RegistryProblem.APPLY_NOT_FOUND, "there is no apply " + id);
    }
}
