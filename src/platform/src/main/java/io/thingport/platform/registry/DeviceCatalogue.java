package io.thingport.platform.registry;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.secrets.SecretBox;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Devices to look through. Every method may throw {@link RegistryException}; calls block on the database. */
@Stateless
public class DeviceCatalogue {

    private static final int SLICE = 1000;

    @PersistenceContext(unitName = "thingport")
    private EntityManager entities;
    @Inject
    private SecretBox box;

    /** For the container. */
    public DeviceCatalogue() {
    }

    DeviceCatalogue(EntityManager entities, SecretBox box) {
        this.entities = entities;
        this.box = box;
    }

    /** A device and its secret. */
    public OwnedDevice get(DeviceKey key) {
        return named(key.productKey(), List.of(key.deviceName())).stream().map(this::owned).findAny()
                .orElseThrow(() -> Devices.notFound(key));
    }

    /** The device with this id. */
    public Device identified(String iotId) {
        return identified(List.of(iotId)).stream().findAny().orElseThrow(() ->
                new RegistryException(RegistryProblem.DEVICE_NOT_FOUND, "there is no device with this id"));
    }

    /** Those of the devices with these ids that there are, in no order. At most 100 ids. */
    public List<Device> identified(Collection<String> iotIds) {
        return some(iotIds, entities.createQuery("select d from DeviceRow d where d.iotId in :asked", DeviceRow.class))
                .stream().map(DeviceRow::toDevice).toList();
    }

    /** Those of a product's devices with these names that there are, in no order. At most 100 names. */
    public List<Device> all(String productKey, Collection<String> deviceNames) {
        return named(productKey, deviceNames).stream().map(DeviceRow::toDevice).toList();
    }

    /** Those of a product's devices with these names that there are, and their secrets, in no order. At most 200 names. */
    public List<OwnedDevice> owned(String productKey, Collection<String> deviceNames) {
        return named(productKey, deviceNames).stream().map(this::owned).toList();
    }

    /** Those of these names that devices of a product have. */
    public Set<String> present(String productKey, List<String> deviceNames) {
        Set<String> present = new HashSet<>();
        for (int from = 0; from < deviceNames.size(); from += SLICE) {
            present.addAll(entities.createQuery("select d.deviceName from DeviceRow d"
                            + " where d.productKey = :product and d.deviceName in :asked", String.class)
                    .setParameter("product", productKey)
                    .setParameter("asked", deviceNames.subList(from, Math.min(from + SLICE, deviceNames.size())))
                    .getResultList());
        }
        return present;
    }

    /** @param size 1 to {@link Page#LIMIT_MAXIMUM}; the page ends within the first {@link NumberedPage#ITEMS_MAXIMUM} */
    public NumberedPage<OwnedDevice> page(String productKey, int number, int size) {
        int offset = NumberedPage.offset(number, RegistryRules.limit(size));
        return page(productKey, Long.MAX_VALUE, offset, number, size);
    }

    /**
     * The page that follows another one.
     *
     * @param cursor of the page before
     * @param number to be told with it
     * @param size   1 to {@link Page#LIMIT_MAXIMUM}
     */
    public NumberedPage<OwnedDevice> next(String productKey, String cursor, int number, int size) {
        return page(productKey, Cursor.before("devices " + productKey, Optional.of(cursor)), 0, number, RegistryRules.limit(size));
    }

    /** Counts the devices of a product, or of all. */
    public DeviceCounts counts(Optional<String> productKey) {
        TypedQuery<Tuple> query = entities.createQuery("select count(d) as everyone, count(d.activatedAt) as activated"
                + " from DeviceRow d" + productKey.map(key -> " where d.productKey = :product").orElse(""), Tuple.class);
        productKey.ifPresent(key -> query.setParameter("product", key));
        Tuple row = query.getSingleResult();
        return new DeviceCounts(row.get("everyone", Long.class), row.get("activated", Long.class));
    }

    private NumberedPage<OwnedDevice> page(String productKey, long before, int offset, int number, int size) {
        long total = counts(Optional.of(productKey)).all();
        List<DeviceRow> rows = entities
                .createQuery("select d from DeviceRow d where d.productKey = :product and d.id < :before"
                        + " order by d.id desc", DeviceRow.class)
                .setParameter("product", productKey)
                .setParameter("before", before)
                .setFirstResult(offset)
                .setMaxResults(size + 1)
                .getResultList();
        Page<OwnedDevice> page = Cursor.page("devices " + productKey, rows, size, DeviceRow::id, this::owned);
        return new NumberedPage<>(page.items(), number, size, total, page.next());
    }

    private OwnedDevice owned(DeviceRow row) {
        return new OwnedDevice(row.toDevice(), box.open(row.sealedSecret(), Devices.owner(row.key())));
    }

    private List<DeviceRow> named(String productKey, Collection<String> names) {
        return some(names, entities
                .createQuery("select d from DeviceRow d where d.productKey = :product and d.deviceName in :asked",
                        DeviceRow.class)
                .setParameter("product", productKey));
    }

    private static <T> List<T> some(Collection<String> asked, TypedQuery<T> query) {
        return asked.isEmpty() ? List.of() : query.setParameter("asked", asked).getResultList();
    }
}
