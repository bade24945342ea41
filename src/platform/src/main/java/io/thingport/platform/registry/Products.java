package io.thingport.platform.registry;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.audit.Audited;
import io.thingport.platform.config.Settings;
import io.thingport.platform.secrets.Secret;
import io.thingport.platform.secrets.SecretBox;
import io.thingport.platform.secrets.Tokens;
import io.thingport.platform.upstream.ProductSubscription;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Products, their topic classes and their subscriptions. Every method may throw {@link RegistryException}; calls block on
 * the database. Changes of one product's topic classes, rates and subscription take place one after the other: each holds
 * a lock on the product's row.
 */
@Stateless
public class Products {

    @PersistenceContext(unitName = "thingport")
    private EntityManager entities;
    @Inject
    private Settings settings;
    @Inject
    private SecretBox box;
    @Inject
    private Clock clock;
    @Inject
    private Tokens tokens;
    @Inject
    private Event<ProductAccessChange> accessChanges;
    @Inject
    private Event<ProductRemoval> removals;

    /** For the container. */
    public Products() {
    }

    Products(EntityManager entities, Settings settings, SecretBox box, Clock clock, Tokens tokens,
            Event<ProductAccessChange> accessChanges, Event<ProductRemoval> removals) {
        this.entities = entities;
        this.settings = settings;
        this.box = box;
        this.clock = clock;
        this.tokens = tokens;
        this.accessChanges = accessChanges;
        this.removals = removals;
    }

    /** Creates a product with the three default topic classes. At most 1,000 products. */
    @Audited("product.create")
    public Product create(NewProduct product) {
        ProductRow row = persist(product);
        addClass(row, "user/update", Operation.PUB, Optional.empty());
        addClass(row, "user/update/error", Operation.PUB, Optional.empty());
        addClass(row, "user/get", Operation.SUB, Optional.empty());
        accessChanged(row);
        return row.toProduct();
    }

    /** Creates a product without topic classes. At most 1,000 products. */
    @Audited("product.create")
    public Product createWithoutClasses(NewProduct product) {
        ProductRow row = persist(product);
        accessChanged(row);
        return row.toProduct();
    }

    private ProductRow persist(NewProduct product) {
        String key = RegistryRules.productKey(product.productKey().orElseGet(() -> "a1" + tokens.alphanumeric(9)));
        ProductRow row = new ProductRow(key, RegistryRules.productName(product.name()),
                RegistryRules.description(product.description()), box.seal(secret(product.secret()), owner(key)),
                product.authentication(), RegistryRules.traits(product.traits()), clock.instant().truncatedTo(ChronoUnit.MILLIS));
        if (count("select count(p) from ProductRow p") >= RegistryRules.PRODUCTS_MAXIMUM) {
            throw new RegistryException(RegistryProblem.TOO_MANY_PRODUCTS,
                    "there are " + RegistryRules.PRODUCTS_MAXIMUM + " products, no more are allowed");
        }
        entities.persist(row);
        return row;
    }

    /** Gives a secret to each product that has none, from a time when products had none. */
    public void completeSecrets() {
        entities.createQuery("select p from ProductRow p where p.secret is null", ProductRow.class).getResultList()
                .forEach(row -> row.seal(box.seal(secret(Optional.empty()), owner(row.productKey()))));
    }

    /** The product's secret, for its owner. */
    public Secret secret(String productKey) {
        return box.open(find(productKey, LockModeType.NONE).sealedSecret(), owner(productKey));
    }

    public Product get(String productKey) {
        return find(productKey, LockModeType.NONE).toProduct();
    }

    /** All products, a page at a time, as {@link #list(Optional, int, Set)} has them. */
    public Page<Product> list(Optional<String> after, int limit) {
        return list(after, limit, Set.of());
    }

    /**
     * @param after the cursor of the page before, empty for the newest
     * @param limit 1 to {@link Page#LIMIT_MAXIMUM}
     * @param among the product keys to look among; empty = all
     */
    public Page<Product> list(Optional<String> after, int limit, Set<String> among) {
        String some = among.isEmpty() ? "" : " and p.productKey in :among";
        TypedQuery<ProductRow> query = entities.createQuery("select p from ProductRow p where p.id < :before" + some
                        + " order by p.id desc", ProductRow.class)
                .setParameter("before", Cursor.before("products", after))
                .setMaxResults(RegistryRules.limit(limit) + 1);
        if (!among.isEmpty()) {
            query.setParameter("among", among);
        }
        return Cursor.page("products", query.getResultList(), limit, ProductRow::id, ProductRow::toProduct);
    }

    @Audited("product.change")
    public Product update(@Audited.Product String productKey, ProductChange change) {
        ProductRow row = find(productKey, change.rates().isPresent()
                ? LockModeType.PESSIMISTIC_WRITE
                : LockModeType.NONE);
        change.name().ifPresent(name -> row.rename(RegistryRules.productName(name)));
        if (change.description().isPresent()) {
            row.describe(RegistryRules.description(change.description()));
        }
        change.dynamicRegistration().ifPresent(row::permit);
        if (change.rates().isPresent()) {
            row.limit(RegistryRules.rates(change.rates().get()));
            accessChanged(row);
        } else {
            flush(productKey);
        }
        return row.toProduct();
    }

    /** Deletes a product and its topic classes; refused while it has devices. */
    @Audited("product.delete")
    public void delete(@Audited.Product String productKey) {
        ProductRow row = find(productKey, LockModeType.PESSIMISTIC_WRITE);
        RegistryException hasDevices = new RegistryException(RegistryProblem.PRODUCT_HAS_DEVICES,
                "the product has devices; delete them first");
        boolean empty = entities.createQuery("select d.id from DeviceRow d where d.productKey = :key", Long.class)
                .setParameter("key", productKey)
                .setMaxResults(1)
                .getResultList().isEmpty();
        if (!empty) {
            throw hasDevices;
        }
        entities.createQuery("delete from TopicClassRow c where c.productId = :product")
                .setParameter("product", row.id())
                .executeUpdate();
        entities.remove(row);
        Flush.changes(entities, hasDevices); // a device that was registered at the same time breaks the foreign key
        removals.fire(new ProductRemoval(productKey));
    }

    /** All topic classes of a product, in the order of their creation. At most 50. */
    public List<TopicClass> topicClasses(String productKey) {
        return find(productKey, LockModeType.NONE).topicClasses(entities);
    }

    /** The key of the product that a topic class belongs to. */
    public String topicClassOwner(long id) {
        return entities.createQuery("select p.productKey from ProductRow p, TopicClassRow c where c.id = :id and p.id = c.productId",
                        String.class)
                .setParameter("id", id)
                .getResultStream().findAny()
                .orElseThrow(() -> new RegistryException(RegistryProblem.TOPIC_CLASS_NOT_FOUND,
                        "there is no topic class " + id));
    }

    /** @param suffix {@code user/} is put in front when it is missing, unless there is a slash */
    @Audited("topic-class.create")
    public TopicClass addTopicClass(@Audited.Product String productKey, String suffix, Operation operation,
            Optional<String> description) {
        ProductRow product = find(productKey, LockModeType.PESSIMISTIC_WRITE);
        if (count("select count(c) from TopicClassRow c where c.productId = " + product.id())
                >= RegistryRules.TOPIC_CLASSES_MAXIMUM) {
            throw new RegistryException(RegistryProblem.TOO_MANY_TOPIC_CLASSES, "the product has "
                    + RegistryRules.TOPIC_CLASSES_MAXIMUM + " topic classes, no more are allowed");
        }
        TopicClassRow row = addClass(product, suffix, operation, description);
        accessChanged(product);
        return row.toTopicClass();
    }

    @Audited("topic-class.change")
    public TopicClass updateTopicClass(@Audited.Product String productKey, @Audited.Id long id, TopicClassChange change) {
        ProductRow product = find(productKey, LockModeType.PESSIMISTIC_WRITE);
        TopicClassRow row = findClass(product, id);
        TopicClass old = row.toTopicClass();
        Operation operation = change.operation().orElse(old.operation());
        row.change(suffix(product, change.suffix().orElse(old.writtenSuffix()), operation), operation,
                change.description().isPresent() ? RegistryRules.description(change.description()) : old.description());
        accessChanged(product);
        return row.toTopicClass();
    }

    @Audited("topic-class.delete")
    public void deleteTopicClass(@Audited.Product String productKey, @Audited.Id long id) {
        ProductRow product = find(productKey, LockModeType.PESSIMISTIC_WRITE);
        entities.remove(findClass(product, id));
        accessChanged(product);
    }

    /** Which of a product's messages go to which consumer groups. */
    public ProductSubscription subscription(String productKey) {
        return subscription(find(productKey, LockModeType.NONE));
    }

    private static ProductSubscription subscription(ProductRow product) {
        ProductSubscription subscription = product.subscription();
        if (subscription.kinds().isEmpty()) {
            throw noSubscription();
        }
        return subscription;
    }

    /**
     * Sets which messages go to which consumer groups.
     *
     * @param subscription at least one kind; 1 to 10 groups, that exist
     */
    @Audited("subscription.change")
    public ProductSubscription subscribe(@Audited.Product String productKey, ProductSubscription subscription) {
        return subscribe(find(productKey, LockModeType.PESSIMISTIC_WRITE), subscription);
    }

    /** Lets one more group, that exists, receive what the product's subscription chooses; one that does already stays. */
    @Audited("subscription.change")
    public ProductSubscription subscribeGroup(@Audited.Product String productKey, String group) {
        ProductRow product = find(productKey, LockModeType.PESSIMISTIC_WRITE);
        ProductSubscription present = subscription(product);
        Set<String> groups = new LinkedHashSet<>(present.groups());
        groups.add(group);
        return subscribe(product, new ProductSubscription(present.kinds(), List.copyOf(groups)));
    }

    /** Takes a group out of the product's subscription; refused for one that is not in it, and for the only one. */
    @Audited("subscription.change")
    public ProductSubscription unsubscribeGroup(@Audited.Product String productKey, String group) {
        ProductRow product = find(productKey, LockModeType.PESSIMISTIC_WRITE);
        ProductSubscription present = subscription(product);
        if (!present.groups().contains(group)) {
            throw ConsumerGroups.notFound(group);
        }
        if (present.groups().size() == 1) {
            throw ConsumerGroups.lastOf(productKey);
        }
        return subscribe(product, new ProductSubscription(present.kinds(),
                present.groups().stream().filter(other -> !other.equals(group)).toList()));
    }

    private ProductSubscription subscribe(ProductRow product, ProductSubscription subscription) {
        RegistryRules.subscription(subscription);
        List<String> known = entities
                .createQuery("select g.groupId from ConsumerGroupRow g where g.groupId in :ids", String.class)
                .setParameter("ids", subscription.groups())
                .getResultList();
        subscription.groups().stream().filter(id -> !known.contains(id)).findFirst().ifPresent(id -> {
            throw ConsumerGroups.notFound(id);
        });
        product.subscribe(subscription);
        accessChanged(product);
        return product.subscription();
    }

    /** No message of the product goes to a consumer group any more; what was handed over before stays there. */
    @Audited("subscription.delete")
    public void unsubscribe(@Audited.Product String productKey) {
        ProductRow product = find(productKey, LockModeType.PESSIMISTIC_WRITE);
        subscription(product);
        product.subscribe(ProductSubscription.NONE);
        accessChanged(product);
    }

    private static RegistryException noSubscription() {
        return new RegistryException(RegistryProblem.SUBSCRIPTION_NOT_FOUND, "the product has no subscription");
    }

    /** Whom a product's secret is sealed for. */
    static String owner(String productKey) {
        return "product:" + productKey;
    }

    private Secret secret(Optional<Secret> given) {
        return given.map(RegistryRules::productSecret).orElseGet(() -> Secret.of(tokens.alphanumeric(16)));
    }

    private ProductRow find(String productKey, LockModeType lock) {
        if (!DeviceKey.isProductKey(productKey)) {
            throw notFound(productKey);
        }
        return entities.createQuery("select p from ProductRow p where p.productKey = :key", ProductRow.class)
                .setParameter("key", productKey)
                .setLockMode(lock)
                .getResultStream().findAny().orElseThrow(() -> notFound(productKey));
    }

    private TopicClassRow findClass(ProductRow product, long id) {
        return entities
                .createQuery("select c from TopicClassRow c where c.id = :id and c.productId = :product",
                        TopicClassRow.class)
                .setParameter("id", id)
                .setParameter("product", product.id())
                .getResultStream().findAny()
                .orElseThrow(() -> new RegistryException(RegistryProblem.TOPIC_CLASS_NOT_FOUND,
                        "the product has no topic class " + id));
    }

    private TopicClassRow addClass(ProductRow product, String suffix, Operation operation,
            Optional<String> description) {
        TopicClassRow row = new TopicClassRow(product.id(), suffix(product, suffix, operation), operation,
                RegistryRules.description(description));
        entities.persist(row);
        return row;
    }

    private String suffix(ProductRow product, String suffix, Operation operation) {
        return RegistryRules.suffix(product.productKey(), suffix, operation, settings.topics());
    }

    private void accessChanged(ProductRow product) {
        accessChanges.fire(ProductAccessChange.write(entities, product));
    }

    private long count(String query) {
        return entities.createQuery(query, Long.class).getSingleResult();
    }

    private void flush(String productKey) {
        Flush.changes(entities, notFound(productKey));
    }

    static RegistryException notFound(String productKey) {
        return new RegistryException(RegistryProblem.PRODUCT_NOT_FOUND, "there is no product " + productKey);
    }
}
