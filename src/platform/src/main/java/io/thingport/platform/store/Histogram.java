package io.thingport.platform.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts values in buckets. Written by one thread; read by any, which may see it a moment late. */
final class Histogram {

    private final long[] bounds;
    private final AtomicLongArray counts;
    private final AtomicLong sum = new AtomicLong();

    /** @param bounds the greatest value of each bucket, rising; one more bucket takes what is greater */
    Histogram(long... bounds) {
        this.bounds = bounds.clone();
        this.counts = new AtomicLongArray(bounds.length + 1);
    }

    void add(long value) {
        int bucket = 0;
        while (bucket < bounds.length && value > bounds[bucket]) {
            bucket++;
        }
        counts.setOpaque(bucket, counts.getPlain(bucket) + 1);
        sum.setOpaque(sum.getPlain() + value);
    }

    Distribution distribution() {
        List<Distribution.Bucket> buckets = new ArrayList<>();
        long count = 0;
        for (int i = 0; i < bounds.length; i++) {
            count += counts.getOpaque(i);
            buckets.add(new Distribution.Bucket(bounds[i], count));
        }
        return new Distribution(buckets, count + counts.getOpaque(bounds.length), sum.getOpaque());
    }
}
