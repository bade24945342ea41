package io.thingport.platform.devicelog;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** The entries that wait to be written. Bounded; from any thread; never blocks. */
public final class DeviceLog {

    private final BlockingQueue<LogEntry> waiting;
    private final List<Consumer<LogEntry>> listeners = new CopyOnWriteArrayList<>();
    private final LongAdder dropped = new LongAdder();

    /** @param maximum entries that may wait */
    public DeviceLog(int maximum) {
        this.waiting = new ArrayBlockingQueue<>(maximum);
    }

    /**
     * Adds an entry and tells the listeners.
     *
     * @return false when too many wait: it is dropped and counted
     */
    public boolean add(LogEntry entry) {
        listeners.forEach(listener -> listener.accept(entry));
        boolean added = waiting.offer(entry);
        if (!added) {
            dropped.increment();
        }
        return added;
    }

    /** Takes up to so many of the oldest entries. */
    public List<LogEntry> drain(int maximum) {
        List<LogEntry> taken = new ArrayList<>();
        waiting.drainTo(taken, maximum);
        return taken;
    }

    /** How many entries wait. */
    public int waiting() {
        return waiting.size();
    }

    /** How many entries were dropped. */
    public long dropped() {
        return dropped.sum();
    }

    /** Tells someone of each entry to come, on the thread that adds it: it must not block. */
    public void listen(Consumer<LogEntry> listener) {
        listeners.add(listener);
    }

    /** Ends {@link #listen}. */
    public void forget(Consumer<LogEntry> listener) {
        listeners.remove(listener);
    }
}
