package io.thingport.mqtt.protocol;

import io.thingport.mqtt.MqttLoop;
import java.util.ArrayList;
import java.util.List;

/**
 * A hashed timing wheel: {@value #SLOTS} slots of {@value #TICK_MILLIS} ms. Scheduling and cancelling cost O(1); a
 * deadline further away than one turn of the wheel is looked at once a turn. A task runs in the first tick after its
 * deadline. Not thread-safe: owned by one loop.
 */
final class DeadlineWheel {

    static final int TICK_MILLIS = 100;
    static final int SLOTS = 512;

    private final Entry[] slots = new Entry[SLOTS];
    private long tick;

    /** The ticks that have passed. */
    long tick() {
        return tick;
    }

    /** @param delayMillis 0 or more; rounded up to whole ticks, at least one */
    MqttLoop.Timer schedule(long delayMillis, Runnable task) {
        long ticks = Math.max(1, (delayMillis + TICK_MILLIS - 1) / TICK_MILLIS);
        Entry entry = new Entry(tick + ticks, task);
        insert(entry);
        return entry;
    }

    /** Lets one tick pass; what is due leaves the wheel and has to be run, in this order, unless cancelled meanwhile. */
    List<Runnable> advance() {
        tick++;
        List<Runnable> due = List.of();
        Entry entry = slots[slotOf(tick)];
        while (entry != null) {
            Entry next = entry.next;
            if (entry.deadline <= tick) {
                unlink(entry);
                if (due.isEmpty()) {
                    due = new ArrayList<>();
                }
                due.add(entry);
            }
            entry = next;
        }
        return due;
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
