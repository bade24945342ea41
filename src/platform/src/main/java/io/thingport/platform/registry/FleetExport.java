package io.thingport.platform.registry;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.registry.FleetLine.DeviceLine;
import io.thingport.platform.registry.FleetLine.ProductLine;
import io.thingport.platform.registry.FleetLine.TopicClassLine;
import io.thingport.platform.secrets.SecretBox;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the registry as lines, in parts of bounded size. Calls block on the database. */
@Stateless
public class FleetExport {

    private static final int PAGE = 1000;

    @PersistenceContext(unitName = "thingport")
    private EntityManager entities;
    @Inject
    private SecretBox box;

    /** For the container. */
    public FleetExport() {
    }

    FleetExport(EntityManager entities, SecretBox box) {
        this.entities = entities;
        this.box = box;
    }

    /**
     * A part of a product's devices, oldest first.
     *
     * @param next where the next part begins; empty at the end
     */
    public record DevicePage(List<DeviceLine> lines, Optional<Long> next) {
    }

    /** The keys of all products, oldest first. At most 1,000. */
    public List<String> productKeys() {
        return entities.createQuery("select p.productKey from ProductRow p order by p.id", String.class).getResultList();
    }

    /**
     * A product and its topic classes, at most 51 lines; none when there is no such product.
     *
     * @param secrets whether the lines carry the secrets
     */
    public List<FleetLine> product(String productKey, boolean secrets) {
        List<FleetLine> lines = new ArrayList<>();
        entities.createQuery("select p from ProductRow p where p.productKey = :key", ProductRow.class)
                .setParameter("key", productKey)
                .getResultStream().forEach(row -> {
                    Product product = row.toProduct();
                    lines.add(new ProductLine(productKey,
                            secrets ? Optional.of(box.open(row.sealedSecret(), Products.owner(productKey))) : Optional.empty(),
                            Optional.of(product.name()), product.description(), false,
                            Optional.of(product.dynamicRegistration()), Optional.of(product.authentication())));
                    topicClasses(row).forEach(c ->
                            lines.add(new TopicClassLine(productKey, c.writtenSuffix(), c.operation(), c.description())));
                });
        return lines;
    }

    /**
     * Some 1,000 devices of a product.
     *
     * @param after   where the part before ended; 0 to begin
     * @param secrets whether the lines carry the secrets
     */
    public DevicePage devices(String productKey, long after, boolean secrets) {
        List<DeviceRow> rows = entities
                .createQuery("select d from DeviceRow d where d.productKey = :product and d.id > :after order by d.id",
                        DeviceRow.class)
                .setParameter("product", productKey)
                .setParameter("after", after)
                .setMaxResults(PAGE)
                .getResultList();
        return new DevicePage(rows.stream().map(row -> line(row, secrets)).toList(),
                rows.size() < PAGE ? Optional.empty() : Optional.of(rows.get(PAGE - 1).id()));
    }

    private DeviceLine line(DeviceRow row, boolean secrets) {
        Device device = row.toDevice();
        DeviceKey key = device.key();
        return new DeviceLine(key.productKey(), key.deviceName(),
                secrets ? Optional.of(box.open(row.sealedSecret(), Devices.owner(key))) : Optional.empty(),
                device.nickname(), Optional.of(device.enabled()));
    }

    private List<TopicClass> topicClasses(ProductRow product) {
        return entities
                .createQuery("select c from TopicClassRow c where c.productId = :product order by c.id",
                        TopicClassRow.class)
                .setParameter("product", product.id())
                .getResultStream().map(TopicClassRow::toTopicClass).toList();
    }
}
