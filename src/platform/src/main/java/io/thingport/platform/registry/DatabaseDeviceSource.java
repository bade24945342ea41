package io.thingport.platform.registry;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.secrets.SecretBox;
import io.thingport.platform.upstream.ProductSubscription;
import jakarta.ejb.LocalBean;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Reads the columns a CONNECT needs and no more. */
@Stateless
@LocalBean
public class DatabaseDeviceSource implements DeviceSource {

    @PersistenceContext(unitName = "thingport")
    private EntityManager entities;
    @Inject
    private SecretBox box;

    /** For the container. */
    public DatabaseDeviceSource() {
    }

    DatabaseDeviceSource(EntityManager entities, SecretBox box) {
        this.entities = entities;
        this.box = box;
    }

    @Override
    public Optional<StoredDevice> device(DeviceKey key) {
        List<Tuple> rows = read(() -> entities
                .createQuery("select d.id as device, d.iotId as iotId, d.secret as secret, d.previousSecret as previous,"
                        + " d.previousValidUntil as until, d.enabled as enabled, d.activatedAt as activatedAt,"
                        + " p.authentication as authentication, t as token, c.fingerprint as certificate"
                        + " from DeviceRow d join ProductRow p on p.productKey = d.productKey"
                        + " left join DeviceTokenRow t on t.deviceId = d.id"
                        + " left join CertificateRow c on c.deviceId = d.id and c.revokedAt is null"
                        + " where d.productKey = :product and d.deviceName = :name", Tuple.class)
                .setParameter("product", key.productKey())
                .setParameter("name", key.deviceName())
                .getResultList());
        return rows.stream().findFirst()
                .map(row -> new StoredDevice(row.get("device", Long.class), row.get("iotId", String.class),
                        secrets(row, Devices.owner(key), tokens(rows)),
                        row.get("enabled", Boolean.class), row.get("activatedAt") != null, certificates(rows)));
    }

    /** Each comes with each certificate. */
    private static List<DeviceToken> tokens(List<Tuple> rows) {
        return rows.stream().map(row -> Optional.ofNullable(row.get("token", DeviceTokenRow.class)))
                .flatMap(Optional::stream).distinct().map(DeviceTokenRow::toToken).toList();
    }

    /** Each comes with each token. */
    private static AcceptedCertificates certificates(List<Tuple> rows) {
        return rows.get(0).get("authentication", Authentication.class) == Authentication.SECRET ? AcceptedCertificates.NONE
                : new AcceptedCertificates(true, rows.stream().map(row -> Optional.ofNullable(row.get("certificate", String.class)))
                        .flatMap(Optional::stream).map(Fingerprint::new).collect(Collectors.toSet()));
    }

    @Override
    public Optional<DeviceKey> owner(Fingerprint certificate) {
        return read(() -> entities
                .createQuery("select d.productKey as product, d.deviceName as name from CertificateRow c"
                        + " join DeviceRow d on d.id = c.deviceId where c.fingerprint = :hex and c.revokedAt is null",
                        Tuple.class)
                .setParameter("hex", certificate.hex())
                .getResultStream().findAny()
                .map(row -> new DeviceKey(row.get("product", String.class), row.get("name", String.class))));
    }

    /** One statement, so that all of it is of the version. */
    @Override
    public Optional<StoredAccess> access(String productKey) {
        List<Tuple> rows = read(() -> entities
                .createQuery("select p as product, c as class, g as group"
                        + " from ProductRow p left join TopicClassRow c on c.productId = p.id left join p.groups g"
                        + " where p.productKey = :key order by c.id, g", Tuple.class)
                .setParameter("key", productKey)
                .getResultList());
        return rows.stream().findFirst().map(row -> row.get("product", ProductRow.class))
                .map(product -> new StoredAccess(product.id(), product.classesVersion(), classes(rows), product.rates(),
                        product.subscription(groups(rows))));
    }

    /** Each class comes with each group. */
    private static List<TopicClass> classes(List<Tuple> rows) {
        return rows.stream().map(row -> Optional.ofNullable(row.get("class", TopicClassRow.class)))
                .flatMap(Optional::stream).distinct().map(TopicClassRow::toTopicClass).toList();
    }

    private static List<String> groups(List<Tuple> rows) {
        return rows.stream().map(row -> Optional.ofNullable(row.get("group", String.class)))
                .flatMap(Optional::stream).distinct().toList();
    }

    private DeviceSecrets secrets(Tuple row, String owner, List<DeviceToken> tokens) {
        return new DeviceSecrets(box.open(row.get("secret", String.class), owner),
                Optional.ofNullable(row.get("previous", String.class)).map(previous ->
                        new DeviceSecrets.Previous(box.open(previous, owner), row.get("until", Instant.class))), tokens);
    }

    private static <T> T read(Supplier<T> query) {
        try {
            return query.get();
        } catch (RuntimeException e) {
            throw new StoreUnavailableException(e);
        }
    }
}
