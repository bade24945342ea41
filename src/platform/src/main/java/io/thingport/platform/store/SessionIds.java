package io.thingport.platform.store;

import java.util.concurrent.atomic.AtomicInteger;

/** Makes the ids of sessions: the number of the server's run in the upper half, a counter in the lower. Thread-safe. */
public final class SessionIds {

    private final long run;
    private final AtomicInteger last = new AtomicInteger();

    /** @param run rises with every start of a server on the same database, from 1 */
    public SessionIds(long run) {
        this.run = run;
    }

    /** The number of this run. */
    public long run() {
        return run;
    }

    /** A new id, greater than those before. */
    public long next() {
        return run << 32 | last.incrementAndGet() & 0xFFFF_FFFFL;
    }
}
