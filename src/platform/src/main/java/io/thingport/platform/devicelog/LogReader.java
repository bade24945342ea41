package io.thingport.platform.devicelog;

import io.thingport.platform.registry.Page;
import io.thingport.platform.registry.RegistryException;
import io.thingport.platform.registry.RegistryProblem;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Optional;

/**
 * Looks into the log, newest first. What has just happened is there a moment later, see {@link LogWriter}. Each query follows
 * one index from its end: that of the message, the device, the address, the product, the kind, or of what went wrong,
 * whichever is the first that it names; what else it names is looked at line by line. Calls block on the database.
 */
@Stateless
public class LogReader {

    @PersistenceContext(unitName = "thingport")
    private EntityManager entities;

    /** For the container. */
    public LogReader() {
    }

    LogReader(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * @param after the cursor of the page before, empty for the newest
     * @param limit 1 to {@link Page#LIMIT_MAXIMUM}
     * @throws RegistryException when the cursor or the limit is wrong
     */
    public Page<LogLine> page(LogQuery query, Optional<String> after, int limit) {
        if (limit < 1 || limit > Page.LIMIT_MAXIMUM) {
            throw new RegistryException(RegistryProblem.INVALID_LIMIT, "limit: 1 to " + Page.LIMIT_MAXIMUM);
        }
        List<LogLine> found = rows(query, before(after), LogRow.class, "r").setMaxResults(limit + 1)
                .getResultStream().map(LogRow::toLine).toList();
        boolean more = found.size() > limit;
        List<LogLine> shown = more ? found.subList(0, limit) : found;
        return new Page<>(shown, more ? Optional.of(Long.toString(shown.get(limit - 1).id())) : Optional.empty());
    }

    /** What is found behind so many others; of use for the first few pages alone. */
    public List<LogLine> lines(LogQuery query, int offset, int limit) {
        return rows(query, Long.MAX_VALUE, LogRow.class, "r").setFirstResult(offset).setMaxResults(limit)
                .getResultStream().map(LogRow::toLine).toList();
    }

    /** How much is found, counted up to a bound. */
    public int count(LogQuery query, int most) {
        return rows(query, Long.MAX_VALUE, Long.class, "r.id").setMaxResults(most).getResultList().size();
    }

    private static long before(Optional<String> cursor) {
        if (cursor.isEmpty()) {
            return Long.MAX_VALUE;
        }
        if (!cursor.get().matches("[0-9]{1,18}|[1-8][0-9]{18}")) {
            throw new RegistryException(RegistryProblem.INVALID_CURSOR, "after: not a cursor of the log");
        }
        return Long.parseLong(cursor.get());
    }

    private <T> TypedQuery<T> rows(LogQuery query, long before, Class<T> type, String selected) {
        LogSearch search = new LogSearch(query, before);
        TypedQuery<T> rows = entities.createQuery("select " + selected + " from LogRow r " + search.text(), type);
        search.values().forEach(rows::setParameter);
        return rows;
    }
}
