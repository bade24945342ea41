package io.thingport.sample;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The latest messages by their ids. A business server of one's own keeps the ids in its database, in the transaction that keeps
 * what came of the message: here they are gone when the application stops. Thread-safe.
 */
@ApplicationScoped
public class LatestUplinks {

    private static final int MAXIMUM = 100;

    private final Map<String, Uplink> byId = new LinkedHashMap<>();

    /** Whether a message with this id is among them. */
    public synchronized boolean contains(String messageId) {
        return byId.containsKey(messageId);
    }

    /** Adds one; the oldest beyond a hundred goes. */
    public synchronized void add(Uplink uplink) {
        byId.put(uplink.messageId(), uplink);
        if (byId.size() > MAXIMUM) {
            byId.remove(byId.keySet().iterator().next());
        }
    }

    /** The oldest first. */
    public synchronized List<Uplink> all() {
        return List.copyOf(byId.values());
    }
}
