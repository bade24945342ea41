package io.thingport.mqtt.protocol;

import io.thingport.mqtt.MqttLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A hashed timing wheel: {@value #SLOTS} slots of {@value #TICK_MILLIS} ms. Scheduling and cancelling cost O(1); a
 * deadline further away than one turn of the wheel is looked at once a turn. A task is due in the first tick that begins
 * at its deadline or after it. Not thread-safe: owned by one loop.
 */
final class DeadlineWheel {

    static final int TICK_MILLIS = 100;
    static final int SLOTS = 512;

    private static final long TICK_NANOS = TICK_MILLIS * 1_000_000L;

    private final LongSupplier nanoTime;
    private final long start;
    private final Entry[] slots = new Entry[SLOTS];
    private long tick;

    /** @param nanoTime the clock, as {@link System#nanoTime} */
    DeadlineWheel(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        start = nanoTime.getAsLong();
    }

    /** The ticks that {@link #advance} has let pass. */
    long tick() {
        return tick;
    }

    /** Nanoseconds until the next tick begins, from 1 to a whole tick: {@link #advance} is to be called then. */
    long nanosToNextTick() {
        return TICK_NANOS - elapsed() % TICK_NANOS;
    }

    /** @param delayMillis 0 or more */
    MqttLoop.Timer schedule(long delayMillis, Runnable task) {
        long deadline = (elapsed() + delayMillis * 1_000_000 + TICK_NANOS - 1) / TICK_NANOS;
        Entry entry = new Entry(Math.max(tick + 1, deadline), task);
        insert(entry);
        return entry;
    }

    /** Lets the ticks pass that have begun; what is due leaves the wheel and has to be run, unless cancelled meanwhile. */
    List<Runnable> advance() {
        List<Runnable> due = new ArrayList<>(0);
        for (long now = elapsed() / TICK_NANOS; tick < now;) {
            tick++;
            takeDue(due);
        }
        return due;
    }

    private void takeDue(List<Runnable> due) {
        Entry entry = slots[slotOf(tick)];
        while (entry != null) {
            Entry next = entry.next;
            if (entry.deadline <= tick) {
                unlink(entry);
                due.add(entry);
            }
            entry = next;
        }
    }

    private long elapsed() {
        return nanoTime.getAsLong() - start;
    }

    private static int slotOf(long tick) {
        return (int) (tick & SLOTS - 1);
    }

    private void insert(Entry entry) {
        int slot = slotOf(entry.deadline);
        entry.next = slots[slot];
        if (entry.next != null) {
            entry.next.previous = entry;
        }
        slots[slot] = entry;
        entry.linked = true;
    }

    private void unlink(Entry entry) {
        if (entry.previous != null) {
            entry.previous.next = entry.next;
        } else {
            slots[slotOf(entry.deadline)] = entry.next;
        }
        if (entry.next != null) {
            entry.next.previous = entry.previous;
        }
        entry.previous = null;
        entry.next = null;
        entry.linked = false;
    }

    private final class Entry implements MqttLoop.Timer, Runnable {

        private final long deadline;
        private final Runnable task;
        private Entry previous;
        private Entry next;
        private boolean linked;
        private boolean cancelled;

        Entry(long deadline, Runnable task) {
            this.deadline = deadline;
            this.task = task;
        }

        @Override
        public void run() {
            if (!cancelled) {
                task.run();
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            if (linked) {
                unlink(this);
            }
        }
    }
}
