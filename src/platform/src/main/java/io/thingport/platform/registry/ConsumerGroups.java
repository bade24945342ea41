package io.thingport.platform.registry;

import io.thingport.platform.audit.Audited;
import io.thingport.platform.secrets.Tokens;
import io.thingport.platform.upstream.ProductSubscription;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Consumer groups. Every method may throw {@link RegistryException}; calls block on the database. */
@Stateless
public class ConsumerGroups {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_]{1,32}");

    @PersistenceContext(unitName = "thingport")
    private EntityManager entities;
    @Inject
    private Clock clock;
    @Inject
    private Tokens tokens;
    @Inject
    private Event<ConsumerGroupsChange> changes;
    @Inject
    private Event<ProductAccessChange> accessChanges;

    /** For the container. */
    public ConsumerGroups() {
    }

    ConsumerGroups(EntityManager entities, Clock clock, Tokens tokens, Event<ConsumerGroupsChange> changes,
            Event<ProductAccessChange> accessChanges) {
        this.entities = entities;
        this.clock = clock;
        this.tokens = tokens;
        this.changes = changes;
        this.accessChanges = accessChanges;
    }

    /** At most 1,000 groups. */
    @Audited("consumer-group.create")
    public ConsumerGroup create(String name) {
        ConsumerGroupRow row = new ConsumerGroupRow(tokens.alphanumeric(32), RegistryRules.consumerGroupName(name),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        long present = entities.createQuery("select count(g) from ConsumerGroupRow g", Long.class).getSingleResult();
        if (present >= RegistryRules.CONSUMER_GROUPS_MAXIMUM) {
            throw new RegistryException(RegistryProblem.TOO_MANY_CONSUMER_GROUPS, "there are "
                    + RegistryRules.CONSUMER_GROUPS_MAXIMUM + " consumer groups, no more are allowed");
        }
        entities.persist(row);
        flush();
        changes.fire(new ConsumerGroupsChange());
        return row.toConsumerGroup();
    }

    public ConsumerGroup get(String id) {
        return find(id, LockModeType.NONE).toConsumerGroup();
    }

    /**
     * @param after the cursor of the page before, empty for the newest
     * @param limit 1 to {@link Page#LIMIT_MAXIMUM}
     */
    public Page<ConsumerGroup> list(Optional<String> after, int limit) {
        List<ConsumerGroupRow> rows = entities
                .createQuery("select g from ConsumerGroupRow g where g.id < :before order by g.id desc",
                        ConsumerGroupRow.class)
                .setParameter("before", Cursor.before("consumer-groups", after))
                .setMaxResults(RegistryRules.limit(limit) + 1)
                .getResultList();
        return Cursor.page("consumer-groups", rows, limit, ConsumerGroupRow::id, ConsumerGroupRow::toConsumerGroup);
    }

    /** All groups, at most 1,001, newest first. */
    public List<ConsumerGroup> all() {
        return entities.createQuery("select g from ConsumerGroupRow g order by g.id desc", ConsumerGroupRow.class)
                .getResultStream().map(ConsumerGroupRow::toConsumerGroup).toList();
    }

    /** The ids of all groups. */
    public Set<String> ids() {
        return new HashSet<>(entities.createQuery("select g.groupId from ConsumerGroupRow g", String.class)
                .getResultList());
    }

    /** Renames a group, unless it is the default one. */
    @Audited("consumer-group.change")
    public ConsumerGroup rename(@Audited.Id String id, String name) {
        refuseDefault(id);
        ConsumerGroupRow row = find(id, LockModeType.NONE);
        row.rename(RegistryRules.consumerGroupName(name));
        flush();
        return row.toConsumerGroup();
    }

    /**
     * Deletes a group with all that waits for it; its consumers lose their connections and products' subscriptions the
     * group. Refused for the default group, and while it is the only one of a subscription.
     */
    @Audited("consumer-group.delete")
    public void delete(@Audited.Id String id) {
        refuseDefault(id);
        ConsumerGroupRow row = find(id, LockModeType.PESSIMISTIC_WRITE);
        entities.createQuery("select p from ProductRow p where :group member of p.groups order by p.id", ProductRow.class)
                .setParameter("group", id)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList().forEach(product -> withdraw(id, product));
        entities.remove(row);
        flush();
        changes.fire(new ConsumerGroupsChange());
    }

    private void withdraw(String id, ProductRow product) {
        ProductSubscription before = product.subscription();
        List<String> others = before.groups().stream().filter(group -> !group.equals(id)).toList();
        if (others.isEmpty()) {
            throw lastOf(product.productKey());
        }
        product.subscribe(new ProductSubscription(before.kinds(), others));
        accessChanges.fire(ProductAccessChange.write(entities, product));
    }

    static RegistryException notFound(String id) {
        return new RegistryException(RegistryProblem.CONSUMER_GROUP_NOT_FOUND, "there is no consumer group " + id);
    }

    static RegistryException lastOf(String productKey) {
        return new RegistryException(RegistryProblem.LAST_GROUP_OF_SUBSCRIPTION,
                "the group is the only one of the subscription of product " + productKey);
    }

    private ConsumerGroupRow find(String id, LockModeType lock) {
        if (!ID.matcher(id).matches()) {
            throw notFound(id);
        }
        return entities.createQuery("select g from ConsumerGroupRow g where g.groupId = :id", ConsumerGroupRow.class)
                .setParameter("id", id)
                .setLockMode(lock)
                .getResultStream().findAny().orElseThrow(() -> notFound(id));
    }

    private static void refuseDefault(String id) {
        if (id.equals(ConsumerGroup.DEFAULT_ID)) {
            throw new RegistryException(RegistryProblem.DEFAULT_CONSUMER_GROUP, "the default group stays as it is");
        }
    }

    private void flush() {
        Flush.changes(entities, Flush.changedMeanwhile());
    }
}
