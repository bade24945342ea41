package io.thingport.platform.limits;

import java.time.Duration;

/**
 * Lets no more than so many happen within any one period, wherever it begins: each counts for a whole period and up to a
 * tenth longer, because times are kept by tenths. For one thread.
 */
public final class SlidingWindow {

    private static final int PARTS = 10;

    private final int maximum;
    private final long partNanos;
    private final int[] counts = new int[PARTS + 1]; // of the present part and the ten before it
    private long part;
    private int sum;

    /**
     * @param maximum at least 1
     * @param now     in nanoseconds
     */
    public SlidingWindow(int maximum, Duration period, long now) {
        this.maximum = maximum;
        this.partNanos = period.toNanos() / PARTS;
        this.part = Math.floorDiv(now, partNanos);
    }

    /** Counts one more; false when that would be too many: then it does not count. */
    public boolean take(long now) {
        forget(now);
        if (sum >= maximum) {
            return false;
        }
        counts[slot(part)]++;
        sum++;
        return true;
    }

    /** Nanoseconds until one more may happen; 0 = now. */
    public long pause(long now) {
        forget(now);
        if (sum < maximum) {
            return 0;
        }
        long oldest = part - PARTS;
        while (counts[slot(oldest)] == 0) {
            oldest++;
        }
        return (oldest + counts.length) * partNanos - now;
    }

    /** Whether nothing counts any more. */
    public boolean isEmpty(long now) {
        forget(now);
        return sum == 0;
    }

    private void forget(long now) {
        long present = Math.floorDiv(now, partNanos);
        for (int i = 0; i < counts.length && part < present; i++) {
            part++;
            sum -= counts[slot(part)];
            counts[slot(part)] = 0;
        }
        part = Math.max(part, present);
    }

    private int slot(long ofPart) {
        return Math.floorMod(ofPart, counts.length);
    }
}
