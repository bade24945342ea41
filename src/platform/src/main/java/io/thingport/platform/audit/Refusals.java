package io.thingport.platform.audit;

import io.thingport.platform.limits.SlidingWindow;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Enters into the audit trail what callers have no right to, so many in a minute: more would let anybody with a key fill the
 * database. From any thread; blocks on the database.
 */
public final class Refusals {

    private static final Logger LOG = System.getLogger(Refusals.class.getName());
    static final int MINUTE_MAXIMUM = 60;

    private final Supplier<AuditTrail> trail;
    private final LongSupplier nanoTime;
    private final SlidingWindow window;
    private final AtomicLong missed = new AtomicLong();

    /** @param trail asked for with each refusal: there is none before the database has been there */
    public Refusals(Supplier<AuditTrail> trail, LongSupplier nanoTime) {
        this.trail = trail;
        this.nanoTime = nanoTime;
        this.window = new SlidingWindow(MINUTE_MAXIMUM, Duration.ofMinutes(1), nanoTime.getAsLong());
    }

    /** Enters a refusal, if there are not too many. Never fails. */
    public void enter(Actor actor, String action, Subject subject) {
        if (!take()) {
            missed.incrementAndGet();
            return;
        }
        try {
            trail.get().refused(actor, action, subject);
        } catch (RuntimeException e) {
            missed.incrementAndGet();
            LOG.log(Level.WARNING, "a refusal could not be entered into the audit trail: {0}", e.getMessage());
        }
    }

    /** How many refusals were not entered, because there were too many or the database did not take them. */
    public long missed() {
        return missed.get();
    }

    private synchronized boolean take() {
        return window.take(nanoTime.getAsLong());
    }
}
