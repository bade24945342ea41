package io.thingport.platform.devicelog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.thingport.platform.limits.TokenBucket;
import java.util.OptionalInt;
import java.util.concurrent.atomic.LongAdder;

/**
 * Lets so many entries about each device or address into the log in a second, and so many in all, so that one that never
 * stops failing does not push out what is told of others. What is left out is counted, and the next entry about the same
 * says how many there were before it. Bounded in those that are counted: of too many some are forgotten and begin anew. From
 * any thread, never blocks.
 *
 * @param <K> what is counted by
 */
public final class LogBudget<K> {

    private static final long SECOND = 1_000_000_000L;
    private static final int LEFT_OUT = -1;

    private final long cost;
    private final TokenBucket all;
    private final Cache<K, Used> used;
    private final LongAdder leftOut = new LongAdder();

    /**
     * Of one.
     *
     * @param fullAt  when it may have as many as ever again, in nanoseconds
     * @param leftOut since its last entry
     */
    private record Used(long fullAt, int leftOut) {
    }

    /**
     * @param perSecond of one, and as many at once; at least 1
     * @param inAll     in a second; at least 1
     * @param keys      that are counted
     * @param now       in nanoseconds
     */
    public LogBudget(int perSecond, int inAll, int keys, long now) {
        this.cost = SECOND / perSecond;
        this.all = TokenBucket.of(inAll, now);
        this.used = Caffeine.newBuilder().maximumSize(keys).executor(Runnable::run).build();
    }

    /**
     * Asks for one more entry.
     *
     * @param now in nanoseconds
     * @return how many about the same were left out before it; empty when this one is to be left out, too, which counts
     */
    public OptionalInt take(K key, long now) {
        int[] before = new int[1];
        used.asMap().compute(key, (k, known) -> {
            Used old = known == null ? new Used(now, 0) : known;
            long missing = Math.max(0, old.fullAt - now) + cost;
            if (missing > SECOND || !all.take(1, now)) {
                before[0] = LEFT_OUT;
                return new Used(old.fullAt, old.leftOut + 1);
            }
            before[0] = old.leftOut;
            return new Used(now + missing, 0);
        });
        if (before[0] == LEFT_OUT) {
            leftOut.increment();
            return OptionalInt.empty();
        }
        return OptionalInt.of(before[0]);
    }

    /** Entries that were left out, since the start. */
    public long leftOut() {
        return leftOut.sum();
    }
}
