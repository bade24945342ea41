package io.thingport.platform.store;

import io.thingport.platform.store.WriterConnection.Purged;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * Writes what waits, all of it in one transaction (group commit): while one is committed, the next gathers. One thread
 * with one connection of its own, so that no exhausted pool holds it up.
 *
 * <p>When the database cannot take a transaction, the same is tried again until it can; since nobody knows whether a failed
 * commit has happened, what is tried again first deletes the rows it is about to insert. When a row is at fault, the
 * transaction is cut in halves until the row is alone: it is refused, all others are written. What may be either is a
 * row's fault when others were written meanwhile.
 *
 * <p>When nothing waits, messages of ended sessions are deleted, a slice at a time; when something always waits, a slice a
 * second.
 */
public final class GroupCommitWriter implements StoreWriter {

    private static final Logger LOG = System.getLogger(GroupCommitWriter.class.getName());
    private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(1); // others end sessions, too: look now and then
    private static final long BUSY_NANOS = TimeUnit.SECONDS.toNanos(1); // no slice is put off for longer
    private static final long UNTOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final ThreadFactory threads;
    private final WriterLimits limits;
    private final WriterQueue queue;
    private final Completions completions;

    private final WriterCounters counters = new WriterCounters();
    private final Attempts attempts;

    private volatile Optional<Thread> thread = Optional.empty(); // set by start, read by stop
    private volatile boolean stopping;
    private volatile long stopBy; // nanoTime; valid once stopping is true

    // the writer's thread
    private Duration pause; // before the next attempt
    private long nextPurge = System.nanoTime(); // an earlier run may have left something

    /** @param threads gives the thread that writes */
    public GroupCommitWriter(DataSource database, ThreadFactory threads, WriterLimits limits, Clock clock) {
        this.threads = threads;
        this.limits = limits;
        this.queue = new WriterQueue(limits);
        this.completions = new Completions(queue);
        this.attempts = new Attempts(database, clock, counters);
        this.pause = limits.firstPause();
    }

    /** Begins to write. Once. */
    public void start() {
        Thread writer = threads.newThread(this::run);
        writer.setName("thingport-store");
        thread = Optional.of(writer);
        writer.start();
    }

    /**
     * Writes what waits, if that can be done in {@link WriterLimits#stopTime}, and ends. Blocks that long at most, and a
     * second. What is handed over from now on is not written.
     */
    public void stop() {
        stopBy = System.nanoTime() + limits.stopTime().toNanos();
        stopping = true;
        thread.ifPresent(this::await);
    }

    @Override
    public boolean insert(InsertMessage message) {
        return !stopping && queue.offer(message);
    }

    @Override
    public void submit(Change change) {
        queue.add(change);
    }

    /** From any thread. */
    public StoreStatus status() {
        return attempts.status();
    }

    /** From any thread. */
    public StoreCounters counters() {
        return counters.with(queue);
    }

    private void run() {
        try {
            while (!(stopping && queue.isEmpty()) && !timeIsUp()) {
                List<Waiting> batch = queue.take();
                if (!batch.isEmpty()) {
                    write(batch);
                }
                if (System.nanoTime() - nextPurge >= (batch.isEmpty() ? 0 : BUSY_NANOS)) {
                    purge();
                } else if (batch.isEmpty()) {
                    queue.await(completions.post() ? nextPurge - System.nanoTime() : UNTOLD_NANOS);
                }
            }
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "the writer has failed; nothing is stored until the server starts anew", e);
            throw e;
        } finally {
            completions.post();
            attempts.end();
            if (!queue.isEmpty()) {
                LOG.log(Level.WARNING, "the server stops, and not all messages and sessions could be written");
            }
        }
    }

    /** Writes a batch, however long it takes. */
    private void write(List<Waiting> batch) {
        List<Waiting> left = writer().run(batch, false);
        while (!left.isEmpty() && !timeIsUp()) {
            attempts.unavailable();
            pause();
            if (left.size() < limits.batchRows()) {
                left.addAll(queue.take()); // others show whether it is these few that are at fault
            }
            left = writer().run(left, true);
        }
        if (!left.isEmpty()) {
            LOG.log(Level.WARNING, "the server stops, and {0} changes could not be written", left.size());
        }
        pause = limits.firstPause();
        if (batch.stream().anyMatch(entry -> entry.change() instanceof EndSession)) {
            purgeSoon();
        }
    }

    private void purgeSoon() {
        long now = System.nanoTime();
        if (nextPurge - now > 0) {
            nextPurge = now;
        }
    }

    private BatchWrite writer() {
        return new BatchWrite(attempts, completions, counters, this::pause);
    }

    private void purge() {
        boolean more = attempts.purge(limits.purgeRows()).map(Purged::more).orElse(false);
        boolean away = attempts.status().failingSince().isPresent();
        nextPurge = System.nanoTime() + (more ? 0 : away ? limits.longestPause().toNanos() : IDLE_NANOS);
    }

    /** Waits until the next attempt, each time longer, but ends as soon as the writer is told to stop. */
    private boolean pause() {
        counters.retry();
        boolean stoppingBefore = stopping;
        long until = System.nanoTime() + pause.toNanos();
        long left = pause.toNanos();
        Duration twice = pause.multipliedBy(2);
        pause = twice.compareTo(limits.longestPause()) < 0 ? twice : limits.longestPause();
        while (left > 0 && stopping == stoppingBefore) {
            LockSupport.parkNanos(this, completions.post() ? left : Math.min(left, UNTOLD_NANOS));
            left = until - System.nanoTime();
        }
        return !timeIsUp();
    }

    private boolean timeIsUp() {
        return stopping && stopBy - System.nanoTime() <= 0;
    }

    /** Not interrupted: that would close the files of an embedded database under it. */
    private void await(Thread writer) {
        LockSupport.unpark(writer);
        try {
            writer.join(limits.stopTime().plusSeconds(1).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (writer.isAlive()) {
            LOG.log(Level.WARNING, "the database does not answer; the server stops without it");
        }
    }
}
