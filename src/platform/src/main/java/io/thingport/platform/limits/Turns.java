package io.thingport.platform.limits;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Lets only so many do something at the same time; the others wait for their turn, which goes round among the owners: who
 * brings much waits for himself. Bounded for each owner and in all. From any thread, never blocks.
 *
 * @param <K> owners
 */
public final class Turns<K> {

    private final int atOnce;
    private final int waitingPerOwner;
    private final int waitingMaximum;
    private final Map<K, ArrayDeque<BooleanSupplier>> waiting = new LinkedHashMap<>(); // whose turn is next stands first
    private int taken;
    private int waitingInAll;

    /**
     * @param atOnce          turns at the same time, at least 1
     * @param waitingPerOwner tasks of one owner that may wait
     * @param waitingMaximum  tasks that may wait, in all
     */
    public Turns(int atOnce, int waitingPerOwner, int waitingMaximum) {
        this.atOnce = atOnce;
        this.waitingPerOwner = waitingPerOwner;
        this.waitingMaximum = waitingMaximum;
    }

    /**
     * Starts a task, now in the calling thread or when its turn comes in the thread of whoever leaves. A task that says
     * true has its turn until {@link #leave} is called for it; one that says false has given it back already.
     *
     * @return false when too many wait: the task will not run
     */
    public boolean enter(K owner, BooleanSupplier task) {
        synchronized (this) {
            if (taken >= atOnce) {
                return queue(owner, task);
            }
            taken++;
        }
        if (!task.getAsBoolean()) {
            leave();
        }
        return true;
    }

    private boolean queue(K owner, BooleanSupplier task) {
        ArrayDeque<BooleanSupplier> own = waiting.get(owner);
        if (waitingInAll >= waitingMaximum || own != null && own.size() >= waitingPerOwner) {
            return false;
        }
        waiting.computeIfAbsent(owner, o -> new ArrayDeque<>(1)).add(task);
        waitingInAll++;
        return true;
    }

    /** A turn is over: the next begins. */
    public void leave() {
        while (true) {
            Optional<BooleanSupplier> next = next();
            if (next.isEmpty() || next.get().getAsBoolean()) {
                return;
            }
        }
    }

    private synchronized Optional<BooleanSupplier> next() {
        if (waiting.isEmpty()) {
            taken--;
            return Optional.empty();
        }
        Map.Entry<K, ArrayDeque<BooleanSupplier>> first = waiting.entrySet().iterator().next();
        K owner = first.getKey();
        ArrayDeque<BooleanSupplier> own = first.getValue();
        waiting.remove(owner);
        BooleanSupplier task = own.remove();
        if (!own.isEmpty()) {
            waiting.put(owner, own); // behind the others
        }
        waitingInAll--;
        return Optional.of(task);
    }
}
