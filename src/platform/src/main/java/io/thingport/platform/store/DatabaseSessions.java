package io.thingport.platform.store;

import io.thingport.mqtt.Message;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.TopicName;
import jakarta.ejb.LocalBean;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads sessions with two statements for 256 devices, and messages a page at a time. */
@Stateless
@LocalBean
public class DatabaseSessions implements SessionSource {

    private static final int DEVICES_AT_A_TIME = 256;

    @PersistenceContext(unitName = "thingport")
    private EntityManager entities;

    /** For the container. */
    public DatabaseSessions() {
    }

    DatabaseSessions(EntityManager entities) {
        this.entities = entities;
    }

    @Override
    public Map<Long, StoredSession> sessions(Collection<Long> deviceIds) {
        List<Long> ids = List.copyOf(deviceIds);
        Map<Long, StoredSession> found = new HashMap<>();
        for (int from = 0; from < ids.size(); from += DEVICES_AT_A_TIME) {
            load(ids.subList(from, Math.min(from + DEVICES_AT_A_TIME, ids.size())), found);
        }
        return found;
    }

    @Override
    public List<StoredMessage> messages(long sessionId, long from, int limit) {
        return entities
                .createQuery("select m.place.number as number, m.topic as topic, m.payload as payload,"
                        + " m.properties as properties from MessageRow m"
                        + " where m.place.sessionId = :session and m.place.number >= :from"
                        + " order by m.place.number", Tuple.class)
                .setParameter("session", sessionId)
                .setParameter("from", from)
                .setMaxResults(limit)
                .getResultStream()
                .map(row -> new StoredMessage(row.get("number", Long.class), message(row)))
                .toList();
    }

    /** Begins a run of the server: its number, see {@link SessionIds}. */
    public long nextRun() {
        return ((Number) entities.createNativeQuery("select nextval('server_run')").getSingleResult()).longValue();
    }

    private void load(List<Long> deviceIds, Map<Long, StoredSession> found) {
        List<SessionState> states = entities
                .createQuery("select s from SessionRow s where s.deviceId in :devices", SessionRow.class)
                .setParameter("devices", deviceIds)
                .setHint("org.hibernate.readOnly", true)
                .getResultStream().map(SessionRow::toState).toList();
        if (states.isEmpty()) {
            return;
        }
        Map<Long, List<StoredEntry>> waiting = entries(states.stream().map(SessionState::sessionId).toList());
        states.forEach(state -> found.put(state.deviceId(),
                new StoredSession(state, waiting.getOrDefault(state.sessionId(), List.of()))));
    }

    private Map<Long, List<StoredEntry>> entries(List<Long> sessionIds) {
        Map<Long, List<StoredEntry>> entries = new HashMap<>();
        entities.createQuery("select m.place.sessionId as session, m.place.number as number,"
                        + " m.payloadSize as size, m.sent as sent, m.createdAt as created,"
                        + " m.expiresAt as expires from MessageRow m"
                        + " where m.place.sessionId in :sessions"
                        + " order by m.place.sessionId, m.place.number", Tuple.class)
                .setParameter("sessions", sessionIds)
                .getResultStream()
                .forEach(row -> entries.computeIfAbsent(row.get("session", Long.class), id -> new ArrayList<>())
                        .add(new StoredEntry(row.get("number", Long.class), row.get("size", Integer.class),
                                row.get("sent", Boolean.class), row.get("created", Long.class),
                                row.get("expires", Long.class))));
        return entries;
    }

    private static Message message(Tuple row) {
        PublishProperties properties = Optional.ofNullable(row.get("properties", byte[].class))
                .map(PropertiesCodec::decode).orElse(PublishProperties.NONE);
        return Message.of(TopicName.of(row.get("topic", String.class)), QoS.AT_LEAST_ONCE,
                Payload.of(row.get("payload", byte[].class)), properties);
    }
}
