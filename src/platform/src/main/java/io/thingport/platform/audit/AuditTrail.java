package io.thingport.platform.audit;

import io.thingport.platform.registry.Cursor;
import io.thingport.platform.registry.Page;
import io.thingport.platform.registry.RegistryException;
import io.thingport.platform.registry.RegistryProblem;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The audit trail. Calls block on the database. */
@Stateless
public class AuditTrail {

    private static final String LIST = "audit";
    private static final int ACTION_MAXIMUM = 200;

    @PersistenceContext(unitName = "thingport")
    private EntityManager entities;
    @Inject
    private Clock clock;

    /** For the container. */
    public AuditTrail() {
    }

    AuditTrail(EntityManager entities, Clock clock) {
        this.entities = entities;
        this.clock = clock;
    }

    /** Enters what the {@linkplain Actor#current current actor} did. Part of the caller's transaction, if there is one. */
    public void done(String action, Subject subject) {
        done(Actor.current(), action, subject);
    }

    /** Enters what an actor did. Part of the caller's transaction, if there is one. */
    public void done(Actor actor, String action, Subject subject) {
        enter(actor, action, subject, AuditEntry.Outcome.DONE);
    }

    /** Enters what an actor has no right to. A transaction of its own. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void refused(Actor actor, String action, Subject subject) {
        enter(actor, action, subject, AuditEntry.Outcome.REFUSED);
    }

    /**
     * Entries, newest first.
     *
     * @param after the cursor of the page before, empty for the newest
     * @param limit 1 to {@link Page#LIMIT_MAXIMUM}
     * @throws RegistryException {@link RegistryProblem#INVALID_CURSOR} or {@link RegistryProblem#INVALID_LIMIT}
     */
    public Page<AuditEntry> list(AuditFilter filter, Optional<String> after, int limit) {
        StringBuilder where = new StringBuilder("a.id < :before");
        Map<String, Object> values = new TreeMap<>();
        values.put("before", Cursor.before(LIST, after));
        filter.from().ifPresent(from -> and(where, "a.happenedAt >= :from", values, "from", from));
        filter.to().ifPresent(to -> and(where, "a.happenedAt < :to", values, "to", to));
        filter.caller().ifPresent(caller -> and(where, "a.caller = :caller", values, "caller", caller));
        filter.productKey().ifPresent(key -> and(where, "a.productKey = :product", values, "product", key));
        filter.action().ifPresent(action -> {
            boolean beginning = action.endsWith(".");
            and(where, beginning ? "locate(:action, a.action) = 1" : "a.action = :action", values, "action", action);
        });
        TypedQuery<AuditRow> query = entities.createQuery("select a from AuditRow a where " + where + " order by a.id desc",
                AuditRow.class);
        values.forEach(query::setParameter);
        return Cursor.page(LIST, query.setMaxResults(Cursor.rows(limit)).getResultList(), limit, AuditRow::id,
                AuditRow::toEntry);
    }

    /**
     * Forgets old entries, the oldest first.
     *
     * @param most how many at once
     * @return how many they were
     */
    public int forget(Instant before, int most) {
        List<Long> old = entities.createQuery("select a.id from AuditRow a where a.happenedAt < :before order by a.id", Long.class)
                .setParameter("before", before)
                .setMaxResults(most)
                .getResultList();
        return old.isEmpty() ? 0 : entities.createQuery("delete from AuditRow a where a.id in :ids")
                .setParameter("ids", old)
                .executeUpdate();
    }

    private void enter(Actor actor, String action, Subject subject, AuditEntry.Outcome outcome) {
        entities.persist(new AuditRow(new AuditEntry(clock.instant().truncatedTo(ChronoUnit.MILLIS), actor,
                action.substring(0, Math.min(ACTION_MAXIMUM, action.length())), subject, outcome)));
    }

    private static void and(StringBuilder where, String condition, Map<String, Object> values, String name, Object value) {
        where.append(" and ").append(condition);
        values.put(name, value);
    }
}
