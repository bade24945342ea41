package io.thingport.platform.accesskey;

import java.time.Instant;
import java.util.Map;

/** Writes down when access keys were last used, behind their use. On threads that may block. */
public final class KeyUses {

    private static final System.Logger LOG = System.getLogger(KeyUses.class.getName());

    private final KnownKeys keys;
    private final AccessKeys database;

    public KeyUses(KnownKeys keys, AccessKeys database) {
        this.keys = keys;
        this.database = database;
    }

    /** Writes what has not been written; what the database does not take now it gets the next time. */
    public void flush() {
        Map<String, Instant> uses = keys.unnotedUses();
        if (!uses.isEmpty()) {
            try {
                database.noteUses(uses);
                keys.noted(uses);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.DEBUG, "uses of access keys cannot be written now", e);
            }
        }
    }
}
