package io.thingport.platform.store;

import io.thingport.mqtt.DeviceKey;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Tuple;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the stored sessions that time has passed by. What a call costs depends on its limit, not on how many sessions
 * there are: each follows an index from its beginning. Blocks.
 */
@Stateless
public class DueSessions {

    private static final int MESSAGES_OF_A_SESSION = 10; // looked at, for each session that may be found

    /**
     * Where messages have expired.
     *
     * @param devices whose session holds such messages
     * @param orphans ids of sessions that hold such messages and that no device has
     */
    public record ExpiredMessages(List<DeviceKey> devices, List<Long> orphans) {
    }

    @PersistenceContext(unitName = "thingport")
    private EntityManager entities;

    /** For the container. */
    public DueSessions() {
    }

    DueSessions(EntityManager entities) {
        this.entities = entities;
    }

    /** Devices whose session has expired, the longest ago first. */
    public List<DeviceKey> expired(long nowMillis, int limit) {
        return keys(entities
                .createQuery("select d.productKey as product, d.deviceName as name from SessionRow s"
                        + " join DeviceRow d on d.id = s.deviceId"
                        + " where s.expiresAt < :now order by s.expiresAt", Tuple.class)
                .setParameter("now", nowMillis)
                .setMaxResults(limit)
                .getResultList());
    }

    /** Devices that were connected when an earlier run of the server ended. */
    public List<DeviceKey> leftConnected(long run, int limit) {
        return keys(entities
                .createQuery("select d.productKey as product, d.deviceName as name from SessionRow s"
                        + " join DeviceRow d on d.id = s.deviceId"
                        + " where s.expiresAt = :connected and s.run < :run order by s.run", Tuple.class)
                .setParameter("connected", SessionState.CONNECTED)
                .setParameter("run", run)
                .setMaxResults(limit)
                .getResultList());
    }

    /** Sessions that hold expired messages. */
    public ExpiredMessages withExpiredMessages(long nowMillis, int limit) {
        Set<Long> sessions = entities
                .createQuery("select m.place.sessionId from MessageRow m where m.expiresAt < :now order by m.expiresAt",
                        Long.class)
                .setParameter("now", nowMillis)
                .setMaxResults(limit * MESSAGES_OF_A_SESSION)
                .getResultStream().distinct().limit(limit).collect(Collectors.toCollection(LinkedHashSet::new));
        if (sessions.isEmpty()) {
            return new ExpiredMessages(List.of(), List.of());
        }
        List<Tuple> owned = entities
                .createQuery("select s.sessionId as session, d.productKey as product, d.deviceName as name"
                        + " from SessionRow s join DeviceRow d on d.id = s.deviceId where s.sessionId in :sessions",
                        Tuple.class)
                .setParameter("sessions", sessions)
                .getResultList();
        owned.forEach(row -> sessions.remove(row.get("session", Long.class)));
        return new ExpiredMessages(keys(owned), List.copyOf(sessions));
    }

    /** Has the messages of sessions deleted that belong to no device. */
    public void end(List<Long> sessionIds) {
        for (long sessionId : sessionIds) {
            if (entities.find(EndedSessionRow.class, sessionId) == null) {
                entities.persist(new EndedSessionRow(sessionId));
            }
        }
    }

    private static List<DeviceKey> keys(List<Tuple> rows) {
        return rows.stream()
                .map(row -> new DeviceKey(row.get("product", String.class), row.get("name", String.class)))
                .toList();
    }
}
