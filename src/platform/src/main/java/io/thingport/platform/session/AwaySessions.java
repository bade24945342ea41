package io.thingport.platform.session;

import io.thingport.mqtt.DeviceKey;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Sessions of devices that are not connected, as far as they are in memory: bounded in number and in messages known of,
 * those longest unused go first. One that the database does not know wholly yet stays. Owned by one loop's thread.
 */
final class AwaySessions {

    private static final int LOOK_AT = 16;

    private final int sessionMaximum;
    private final int messageMaximum;
    private final Map<DeviceKey, Session> sessions = new LinkedHashMap<>(16, 0.75f, true);
    private long messages;

    AwaySessions(int sessionMaximum, int messageMaximum) {
        this.sessionMaximum = sessionMaximum;
        this.messageMaximum = messageMaximum;
    }

    Optional<Session> find(DeviceKey device) {
        return Optional.ofNullable(sessions.get(device));
    }

    void add(Session session) {
        remove(session.device());
        sessions.put(session.device(), session);
        count(session);
    }

    /** Messages were added to a session, or taken away; one that is not here does not count. */
    void count(Session session) {
        if (sessions.get(session.device()) != session) {
            return;
        }
        messages += session.backlog().size() - session.countedMessages();
        session.countedMessages(session.backlog().size());
        evict();
    }

    void remove(DeviceKey device) {
        Session removed = sessions.remove(device);
        if (removed != null) {
            forget(removed);
        }
    }

    private void forget(Session session) {
        messages -= session.countedMessages();
        session.countedMessages(0);
    }

    private void evict() {
        Iterator<Session> eldest = sessions.values().iterator();
        for (int i = 0; i < LOOK_AT && eldest.hasNext()
                && (sessions.size() > sessionMaximum || messages > messageMaximum); i++) {
            Session session = eldest.next();
            if (!session.hasUnsettledChanges()) {
                eldest.remove();
                forget(session);
            }
        }
    }
}
