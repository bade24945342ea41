package io.thingport.platform.audit;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Forgets entries of the audit trail that are too old: once an hour, 1,000 at a time, and a second later the next 1,000
 * while there are more. Its work is done on the scheduler's threads, one at a time.
 */
public final class AuditUpkeep {

    private static final Logger LOG = System.getLogger(AuditUpkeep.class.getName());
    static final int SLICE = 1000;
    static final Duration PERIOD = Duration.ofHours(1);
    static final Duration NEXT_SLICE = Duration.ofSeconds(1);

    private final Supplier<AuditTrail> trail;
    private final Duration retention;
    private final Clock clock;
    private final ScheduledExecutorService scheduler;

    private volatile Optional<Future<?>> next = Optional.empty(); // set by each run, read by stop
    private volatile boolean stopped; // set by the thread that stops the server

    public AuditUpkeep(Supplier<AuditTrail> trail, Duration retention, Clock clock, ScheduledExecutorService scheduler) {
        this.trail = trail;
        this.retention = retention;
        this.clock = clock;
        this.scheduler = scheduler;
    }

    /** Begins. Once. */
    public void start() {
        schedule(PERIOD);
    }

    /** Nothing begins any more. */
    public void stop() {
        stopped = true;
        next.ifPresent(run -> run.cancel(false));
    }

    private void schedule(Duration delay) {
        if (!stopped) {
            next = Optional.of(scheduler.schedule(this::run, delay.toMillis(), TimeUnit.MILLISECONDS));
        }
    }

    private void run() {
        Duration delay = PERIOD;
        try {
            delay = slice();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "old entries of the audit trail cannot be looked for: {0}", e.getMessage());
        } finally {
            schedule(delay);
        }
    }

    /** @return when to look again */
    Duration slice() {
        return trail.get().forget(clock.instant().minus(retention), SLICE) == SLICE ? NEXT_SLICE : PERIOD;
    }
}
