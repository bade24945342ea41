package io.thingport.platform.registry;

import io.thingport.platform.audit.Audited;
import io.thingport.platform.config.Settings;
import io.thingport.platform.registry.FleetLine.DeviceLine;
import io.thingport.platform.registry.FleetLine.ProductLine;
import io.thingport.platform.registry.FleetLine.TopicClassLine;
import io.thingport.platform.secrets.Secret;
import io.thingport.platform.secrets.SecretBox;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;

/**
 * Brings what stands in lines into the registry. A line that is there already is left as it is, so that a file may be
 * imported again; one that differs changes what it gives, except for secrets: these are never overwritten. Calls block on
 * the database.
 */
@Stateless
public class FleetImport {

    private static final LineResult NO_PRODUCT = LineResult.failed("productKey: there is no such product");
    private static final LineResult OTHER_AUTHENTICATION =
            LineResult.failed("there is one already, whose devices prove themselves otherwise");
    private static final LineResult OTHER_SECRET = LineResult.failed("there is one already, with another secret");

    @PersistenceContext(unitName = "thingport")
    private EntityManager entities;
    @EJB
    private Products products;
    @Inject
    private Settings settings;
    @Inject
    private SecretBox box;
    @EJB
    private DeviceBatch devices;

    /** For the container. */
    public FleetImport() {
    }

    FleetImport(EntityManager entities, Products products, Settings settings, SecretBox box, DeviceBatch devices) {
        this.entities = entities;
        this.products = products;
        this.settings = settings;
        this.box = box;
        this.devices = devices;
    }

    /**
     * Imports lines in their order and in one transaction.
     *
     * @return a result for each line
     * @throws RegistryException when a line cannot be imported together with the others; none of them was. Alone, it says
     *                           what is wrong with the line
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    @Audited("import.apply")
    public List<LineResult> apply(List<FleetLine> lines) {
        entities.unwrap(Session.class).setJdbcBatchSize(Math.max(lines.size(), 1));
        List<LineResult> results = new ArrayList<>(lines.size());
        List<DeviceLine> run = new ArrayList<>();
        for (FleetLine line : lines) {
            if (line instanceof DeviceLine device) {
                run.add(device);
            } else {
                results.addAll(devices.apply(run));
                run.clear();
                results.add(line instanceof ProductLine product ? product(product) : topicClass((TopicClassLine) line));
            }
        }
        results.addAll(devices.apply(run));
        return results;
    }

    private LineResult product(ProductLine line) {
        String key = RegistryRules.productKey(line.productKey());
        Optional<ProductRow> found = find(key);
        if (found.isEmpty()) {
            if (line.name().isEmpty()) {
                return LineResult.failed("name: a new product needs one");
            }
            NewProduct product = new NewProduct(Optional.of(key), line.name().get(), line.description(), line.secret(),
                    line.authentication().orElse(Authentication.SECRET));
            if (line.defaultClasses()) {
                products.create(product);
            } else {
                products.createWithoutClasses(product);
            }
            line.registration().ifPresent(registration -> products.update(key,
                    new ProductChange(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(registration))));
            return LineResult.CREATED;
        }
        Secret secret = box.open(found.get().sealedSecret(), Products.owner(key));
        if (line.secret().isPresent() && !line.secret().get().equals(secret)) {
            return OTHER_SECRET;
        }
        Product present = found.get().toProduct();
        if (!line.authentication().map(present.authentication()::equals).orElse(true)) {
            return OTHER_AUTHENTICATION;
        }
        boolean same = line.name().map(present.name()::equals).orElse(true)
                && (line.description().isEmpty() || line.description().equals(present.description()))
                && line.registration().map(present.dynamicRegistration()::equals).orElse(true);
        if (same) {
            return LineResult.UNCHANGED;
        }
        products.update(key, new ProductChange(line.name(), line.description(), Optional.empty(), line.registration()));
        return LineResult.CHANGED;
    }

    private LineResult topicClass(TopicClassLine line) {
        String key = RegistryRules.productKey(line.productKey());
        Optional<ProductRow> product = find(key);
        if (product.isEmpty()) {
            return NO_PRODUCT;
        }
        String suffix = RegistryRules.suffix(key, line.suffix(), line.operation(), settings.topics());
        Optional<TopicClass> found = entities
                .createQuery("select c from TopicClassRow c where c.productId = :product and c.suffix = :suffix",
                        TopicClassRow.class)
                .setParameter("product", product.get().id())
                .setParameter("suffix", suffix)
                .getResultStream().findAny().map(TopicClassRow::toTopicClass);
        if (found.isEmpty()) {
            products.addTopicClass(key, line.suffix(), line.operation(), line.description());
            return LineResult.CREATED;
        }
        TopicClass present = found.get();
        boolean same = line.operation() == present.operation()
                && (line.description().isEmpty() || line.description().equals(present.description()));
        if (same) {
            return LineResult.UNCHANGED;
        }
        products.updateTopicClass(key, present.id(),
                new TopicClassChange(Optional.empty(), Optional.of(line.operation()), line.description()));
        return LineResult.CHANGED;
    }

    private Optional<ProductRow> find(String productKey) {
        return entities.createQuery("select p from ProductRow p where p.productKey = :key", ProductRow.class)
                .setParameter("key", productKey)
                .getResultStream().findAny();
    }
}
