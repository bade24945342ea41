package io.thingport.platform.store;

import io.thingport.mqtt.Message;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Reads what is stored. Blocks; an exception means that nobody knows. */
public interface SessionSource {

    /**
     * The stored sessions of devices, by the id of the device's row; who has none is missing. In few statements, however
     * many devices.
     */
    Map<Long, StoredSession> sessions(Collection<Long> deviceIds);

    /** The first messages of a session from a number on, in their order, at most {@code limit}. */
    List<StoredMessage> messages(long sessionId, long from, int limit);

    /**
     * A session as it is found.
     *
     * @param messages what waits in it, in its order
     */
    record StoredSession(SessionState state, List<StoredEntry> messages) {
        public StoredSession {
            messages = List.copyOf(messages);
        }
    }

    /**
     * What is known of a message without its payload.
     *
     * @param size bytes of payload
     * @param sent see {@link InsertMessage#sent}
     */
    record StoredEntry(long number, int size, boolean sent, long createdMillis, long expiresMillis) {
    }

    /** A whole message, of QoS 1. */
    record StoredMessage(long number, Message message) {
    }
}
