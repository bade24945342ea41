package io.thingport.platform.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * What waits for the writer. Messages are bounded in number and bytes, from {@link #offer} until {@link #release}: in the
 * queue, in the batch at work, and until their loop has taken the answer. Other changes are few and always taken. Filled by
 * any thread, emptied by one.
 */
final class WriterQueue {

    private final WriterLimits limits;
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger rows = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final LongAdder refused = new LongAdder();
    private final AtomicLong cancelled = new AtomicLong();
    private final AtomicReference<Thread> sleeper = new AtomicReference<>();

    WriterQueue(WriterLimits limits) {
        this.limits = limits;
    }

    boolean offer(InsertMessage message) {
        Waiting entry = Waiting.of(message);
        boolean fits = rows.incrementAndGet() <= limits.waitingRows()
                & bytes.addAndGet(entry.bytes()) <= limits.waitingBytes();
        if (!fits) {
            release(1, entry.bytes());
            refused.increment();
            return false;
        }
        add(entry);
        return true;
    }

    void add(Change change) {
        add(Waiting.of(change));
    }

    /**
     * Takes what waits, as much as one transaction holds, in its order and without messages that were taken back.
     */
    List<Waiting> take() {
        List<Waiting> batch = new ArrayList<>();
        long size = 0;
        while (batch.size() < limits.batchRows() && size < limits.batchBytes()) {
            Waiting next = waiting.poll();
            if (next == null) {
                break;
            }
            if (next.change() instanceof InsertMessage message && !message.take()) {
                cancelled.setOpaque(cancelled.getPlain() + 1);
                release(1, next.bytes());
            } else {
                batch.add(next);
                size += next.bytes();
            }
        }
        return batch;
    }

    /** These messages are done with. */
    void release(int messages, long size) {
        rows.addAndGet(-messages);
        bytes.addAndGet(-size);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Sleeps until there is something, or is woken, or the time is over. May wake for nothing. */
    void await(long nanos) {
        sleeper.set(Thread.currentThread());
        if (waiting.isEmpty()) {
            LockSupport.parkNanos(this, nanos);
        }
        sleeper.set(null);
    }

    int rows() {
        return rows.get();
    }

    long bytes() {
        return bytes.get();
    }

    long refused() {
        return refused.sum();
    }

    long cancelled() {
        return cancelled.getOpaque();
    }

    private void add(Waiting entry) {
        waiting.add(entry);
        Thread thread = sleeper.get();
        if (thread != null && sleeper.compareAndSet(thread, null)) { // one of many wakes it
            LockSupport.unpark(thread);
        }
    }
}
