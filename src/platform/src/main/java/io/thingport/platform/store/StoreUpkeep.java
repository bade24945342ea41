package io.thingport.platform.store;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.store.DueSessions.ExpiredMessages;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Looks after what is stored of devices that do not come: once a minute it finds sessions that have expired, sessions that
 * an earlier run of the server left connected, and sessions with expired messages, and has the home loop of each device
 * do what is to be done. At most 500 of a kind at a time; when there are more, it goes on a second later. Its work is done
 * on the scheduler's threads, one at a time.
 */
public final class StoreUpkeep {

    private static final Logger LOG = System.getLogger(StoreUpkeep.class.getName());
    static final int SLICE = 500;
    static final Duration PERIOD = Duration.ofMinutes(1);
    static final Duration NEXT_SLICE = Duration.ofSeconds(1);

    private final DueSessions due;
    private final SessionIds ids;
    private final Clock clock;
    private final Consumer<DeviceKey> refresh;
    private final ScheduledExecutorService scheduler;

    private volatile Optional<Future<?>> next = Optional.empty(); // set by each run, read by stop
    private volatile boolean stopped;

    /** @param refresh has a device's home loop load its session and do what time demands; from any thread */
    public StoreUpkeep(DueSessions due, SessionIds ids, Clock clock, ScheduledExecutorService scheduler,
            Consumer<DeviceKey> refresh) {
        this.due = due;
        this.ids = ids;
        this.clock = clock;
        this.refresh = refresh;
        this.scheduler = scheduler;
    }

    /** Begins. Once. */
    public void start() {
        schedule(NEXT_SLICE);
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
            LOG.log(Level.WARNING, "expired sessions and messages cannot be looked for: {0}", e.getMessage());
        } finally {
            schedule(delay);
        }
    }

    /** @return when to look again */
    Duration slice() {
        long now = clock.millis();
        List<DeviceKey> expired = due.expired(now, SLICE);
        List<DeviceKey> leftConnected = due.leftConnected(ids.run(), SLICE);
        ExpiredMessages messages = due.withExpiredMessages(now, SLICE);
        expired.forEach(refresh);
        leftConnected.forEach(refresh);
        messages.devices().forEach(refresh);
        if (!messages.orphans().isEmpty()) {
            due.end(messages.orphans());
        }
        boolean more = expired.size() == SLICE || leftConnected.size() == SLICE
                || messages.devices().size() + messages.orphans().size() == SLICE;
        return more ? NEXT_SLICE : PERIOD;
    }
}
