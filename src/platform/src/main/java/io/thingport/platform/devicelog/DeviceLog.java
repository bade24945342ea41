package io.thingport.platform.devicelog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The entries that wait to be written, in number and in {@link #BYTES_MAXIMUM} bounded. What exceeds a bound is dropped and
 * counted, so that nobody who adds waits for the database. From any thread; never blocks.
 */
public final class DeviceLog {

    /** How many entries may wait, as a rule. */
    public static final int ENTRIES_MAXIMUM = 20_000;
    /** What all that wait may take, in bytes of {@link LogEntry#weight()}. */
    public static final long BYTES_MAXIMUM = 32L * 1024 * 1024;

    private final int maximum;
    private final Queue<LogEntry> queue = new ConcurrentLinkedQueue<>(); // bounded by what the next two count
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final LongAdder dropped = new LongAdder();

    /** @param maximum entries that may wait */
    public DeviceLog(int maximum) {
        this.maximum = maximum;
    }

    /**
     * Adds an entry.
     *
     * @return false when too many wait: it is dropped and counted
     */
    public boolean add(LogEntry entry) {
        boolean few = waiting.incrementAndGet() <= maximum;
        boolean small = bytes.addAndGet(entry.weight()) <= BYTES_MAXIMUM;
        if (few && small) {
            queue.add(entry);
            return true;
        }
        settled(List.of(entry));
        dropped.increment();
        return false;
    }

    /** Takes up to so many of the oldest entries. They count as waiting until they are {@link #settled}. */
    public List<LogEntry> drain(int most) {
        List<LogEntry> taken = new ArrayList<>();
        while (taken.size() < most) {
            LogEntry next = queue.poll();
            if (next == null) {
                break;
            }
            taken.add(next);
        }
        return taken;
    }

    /** Gives back the room of entries that have been written, or never will be. */
    void settled(List<LogEntry> entries) {
        waiting.addAndGet(-entries.size());
        bytes.addAndGet(-entries.stream().mapToLong(LogEntry::weight).sum());
    }

    /** The oldest entry that nobody has taken. */
    Optional<LogEntry> oldest() {
        return Optional.ofNullable(queue.peek());
    }

    /** How many entries wait, those that were taken and are not settled included. */
    public int waiting() {
        return waiting.get();
    }

    /** How many entries were dropped, since the start. */
    public long dropped() {
        return dropped.sum();
    }
}
