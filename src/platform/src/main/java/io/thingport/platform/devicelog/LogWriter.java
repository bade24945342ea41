package io.thingport.platform.devicelog;

import io.thingport.platform.config.Settings;
import io.thingport.platform.start.DatabaseAway;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * Takes what waits in the {@link DeviceLog}, shows it to those who follow the log, writes it behind, and deletes what is too
 * old or too much. One thread, which looks five times a second; nobody who adds to the log wakes it. While the database is
 * away entries go on to those who follow, and wait for the rest; how many may is the log's bound.
 */
public final class LogWriter {

    private static final Logger LOG = System.getLogger(LogWriter.class.getName());
    static final int BATCH = 1_000;
    /** What is deleted at once: more than a batch, so that the log does not grow while it is written to. */
    static final int PURGE_SLICE = 2_000;

    /**
     * How often something is done.
     *
     * @param look  for new entries
     * @param retry after a failure
     * @param purge what is too old
     * @param warn  of entries that were dropped
     * @param stop  how long a stop may take
     */
    record Times(Duration look, Duration retry, Duration purge, Duration warn, Duration stop) {
        static final Times USUAL = new Times(Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofMinutes(1),
                Duration.ofMinutes(1), Duration.ofSeconds(5));
    }

    private final DeviceLog log;
    private final LiveLog live;
    private final LogTable table;
    private final ThreadFactory threads;
    private final Settings.Log settings;
    private final Clock clock;
    private final Times times;

    private final LongAdder written = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder deleted = new LongAdder();
    private final AtomicLong kept = new AtomicLong(); // this thread writes, metrics read
    private volatile boolean failing; // likewise
    private volatile Optional<LogEntry> oldest = Optional.empty(); // of those taken and not written; likewise
    private volatile boolean stopping;
    private volatile long stopBy; // nanoTime; valid once stopping is true
    private volatile Optional<Thread> thread = Optional.empty(); // set by start, read by stop

    // the writer's thread
    private final Deque<LogLine> pending = new ArrayDeque<>(); // bounded by the log
    private long last; // id
    private boolean again; // the first of those pending may have been written
    private boolean more; // are too old or too many
    private boolean surprised; // a turn has failed, which is said once
    private long nextAttempt;
    private long nextPurge;
    private long nextWarning;
    private long warnedOf; // entries dropped

    /** @param threads gives the thread that writes */
    public LogWriter(DeviceLog log, LiveLog live, DataSource database, ThreadFactory threads, Settings.Log settings,
            Clock clock) {
        this(log, live, database, threads, settings, clock, Times.USUAL);
    }

    LogWriter(DeviceLog log, LiveLog live, DataSource database, ThreadFactory threads, Settings.Log settings, Clock clock,
            Times times) {
        this.log = log;
        this.live = live;
        this.table = new LogTable(database);
        this.threads = threads;
        this.settings = settings;
        this.clock = clock;
        this.times = times;
    }

    /** Begins. Once. */
    public void start() {
        long now = System.nanoTime();
        nextAttempt = now;
        nextPurge = now;
        nextWarning = now;
        Thread started = threads.newThread(this::run);
        started.setName("thingport-log");
        thread = Optional.of(started);
        started.start();
    }

    /** Writes what waits, if that can be done in time, and ends. */
    public void stop() {
        stopBy = System.nanoTime() + times.stop().toNanos();
        stopping = true;
        thread.ifPresent(writer -> {
            LockSupport.unpark(writer);
            try {
                writer.join(times.stop().plusSeconds(1).toMillis()); // not interrupted: that would close H2's files
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** From any thread. */
    public LogCounters counters() {
        Duration waits = oldest.or(log::oldest).map(entry -> Duration.ofMillis(Math.max(0, clock.millis() - entry.millis())))
                .orElse(Duration.ZERO);
        return new LogCounters(log.waiting(), waits, log.dropped(), written.sum(), refused.sum(), deleted.sum(), kept.get(),
                failing);
    }

    private void run() {
        while (!lookAtTable() && !stopping) {
            LockSupport.parkNanos(this, times.retry().toNanos());
        }
        while (!(stopping && log.waiting() == 0) && !timeIsUp()) {
            if (!safeTurn()) {
                LockSupport.parkNanos(this, times.look().toNanos());
            }
        }
    }

    /** A turn that fails in a way nobody thought of is given up; the next one goes on. */
    private boolean safeTurn() {
        try {
            return turn();
        } catch (RuntimeException | Error e) {
            if (!surprised) {
                LOG.log(Level.ERROR, "a turn of the device log's writer has failed; it goes on", e);
            }
            surprised = true;
            return false;
        }
    }

    /** What is there from an earlier run. */
    private boolean lookAtTable() {
        try {
            last = table.last();
            kept.set(table.count());
            live.begin(last);
            return true;
        } catch (SQLException | RuntimeException e) {
            failed(e);
            return false;
        }
    }

    /** @return whether there may be more to do at once */
    private boolean turn() {
        List<LogEntry> taken = log.drain(BATCH);
        List<LogLine> lines = new ArrayList<>(taken.size());
        for (LogEntry entry : taken) {
            LogLine line = LogLine.after(last, entry);
            last = line.id();
            lines.add(line);
        }
        pending.addAll(lines);
        live.show(lines);
        boolean wrote = writeSome();
        oldest = Optional.ofNullable(pending.peek()).map(LogLine::entry);
        purgeSome();
        warnOfDropped();
        return taken.size() == BATCH || wrote && !pending.isEmpty();
    }

    private boolean writeSome() {
        if (pending.isEmpty() || System.nanoTime() - nextAttempt < 0) {
            return false;
        }
        List<LogLine> batch = pending.stream().limit(BATCH).toList();
        long refusedBefore = refused.sum();
        boolean done = write(batch, again);
        if (done) {
            long taken = batch.size() - (refused.sum() - refusedBefore);
            written.add(taken);
            kept.addAndGet(taken);
            batch.forEach(line -> pending.remove());
            log.settled(batch.stream().map(LogLine::entry).toList());
        }
        again = !done;
        if (!done || refused.sum() > refusedBefore) {
            nextAttempt = System.nanoTime() + times.retry().toNanos();
        }
        return done;
    }

    /**
     * Writes lines; those that the database will never take are found by halving and left out.
     *
     * @return false when the database is away
     */
    private boolean write(List<LogLine> lines, boolean mayBeThere) {
        try {
            table.insert(lines, mayBeThere);
            succeeded();
            return true;
        } catch (SQLException | RuntimeException e) {
            if (DatabaseAway.behind(e).isPresent()) {
                failed(e);
                return false;
            }
            if (lines.size() == 1) {
                refused.increment();
                LOG.log(Level.DEBUG, "an entry of the device log cannot be written", e);
                return true;
            }
            int half = lines.size() / 2;
            return write(lines.subList(0, half), true) && write(lines.subList(half, lines.size()), true);
        }
    }

    /** Deletes a slice when there are too many, or when it is time to look for those that are too old. */
    private void purgeSome() {
        long now = System.nanoTime();
        long excess = kept.get() - settings.entries();
        if (now - nextAttempt < 0 || excess <= 0 && !more && now - nextPurge < 0) {
            return;
        }
        try {
            int gone = excess > 0 ? table.deleteOldest(Long.MAX_VALUE, (int) Math.min(excess, PURGE_SLICE))
                    : table.deleteOldest(LogLine.idAt(clock.millis() - settings.retention().toMillis()), PURGE_SLICE);
            succeeded();
            deleted.add(gone);
            kept.addAndGet(-gone);
            more = gone == PURGE_SLICE;
            if (gone == 0 && excess > 0) {
                kept.set(table.count()); // somebody else has deleted some
            }
        } catch (SQLException | RuntimeException e) {
            failed(e);
        }
        nextPurge = now + times.purge().toNanos();
    }

    private void warnOfDropped() {
        long now = System.nanoTime();
        long dropped = log.dropped();
        if (dropped > warnedOf && now - nextWarning >= 0) {
            LOG.log(Level.WARNING, "{0} entries of the device log were dropped, since too many wait to be written",
                    dropped - warnedOf);
            warnedOf = dropped;
            nextWarning = now + times.warn().toNanos();
        }
    }

    private void failed(Exception e) {
        if (!failing) {
            LOG.log(Level.WARNING, "the device log cannot be written; its entries wait: {0}", e.getMessage());
        }
        failing = true;
        nextAttempt = System.nanoTime() + times.retry().toNanos();
    }

    private void succeeded() {
        if (failing) {
            LOG.log(Level.INFO, "the device log can be written again");
        }
        failing = false;
    }

    private boolean timeIsUp() {
        return stopping && stopBy - System.nanoTime() <= 0;
    }
}
