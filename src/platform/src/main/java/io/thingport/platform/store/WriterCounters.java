package io.thingport.platform.store;

import java.util.concurrent.atomic.AtomicLong;

/** What the writer counts. Written by its thread, read by any. */
final class WriterCounters {

    private final Histogram batchSizes = new Histogram(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000);
    private final Histogram commitMicros = new Histogram(500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000,
            200_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000);
    private final AtomicLong inserted = new AtomicLong();
    private final AtomicLong deleted = new AtomicLong();
    private final AtomicLong purged = new AtomicLong();
    private final AtomicLong retries = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    /** A transaction has been committed. */
    void committed(int changes, int messagesInserted, int messagesDeleted, long micros) {
        batchSizes.add(changes);
        commitMicros.add(micros);
        add(inserted, messagesInserted);
        add(deleted, messagesDeleted);
    }

    void purged(int messages) {
        add(purged, messages);
    }

    void retry() {
        add(retries, 1);
    }

    void refused(int changes) {
        add(refused, changes);
    }

    StoreCounters with(WriterQueue queue) {
        return new StoreCounters(inserted.getOpaque(), queue.cancelled(), deleted.getOpaque(), purged.getOpaque(),
                retries.getOpaque(), refused.getOpaque(), queue.refused(), queue.rows(), queue.bytes(),
                batchSizes.distribution(), commitMicros.distribution());
    }

    private static void add(AtomicLong counter, long more) {
        counter.setOpaque(counter.getPlain() + more);
    }
}
