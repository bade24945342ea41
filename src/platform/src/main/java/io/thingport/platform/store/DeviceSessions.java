package io.thingport.platform.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Optional;

/** What the deletion of a device means for its session. */
public final class DeviceSessions {

    private DeviceSessions() {
    }

    /**
     * Ends the stored session of a device, in the transaction that deletes the device: no later device finds it. Its
     * messages are deleted later.
     *
     * @param deviceId of the device's row
     */
    public static void end(EntityManager entities, long deviceId) {
        // the lock makes this wait for a writer that is just ending the same session
        Optional.ofNullable(entities.find(SessionRow.class, deviceId, LockModeType.PESSIMISTIC_WRITE)).ifPresent(row -> {
            entities.remove(row);
            entities.persist(new EndedSessionRow(row.sessionId()));
            entities.flush(); // before the device goes, which the session's row refers to
        });
    }
}
