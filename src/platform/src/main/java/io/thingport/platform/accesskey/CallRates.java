package io.thingport.platform.accesskey;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.thingport.platform.limits.TokenBucket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Bounds how often each caller may call, over all HTTP interfaces together: so many requests in a second, and as many at once
 * when none has come for a second. From any thread, never blocks.
 */
public final class CallRates {

    /** More callers than there may be access keys; of more some begin anew, those that call least first. */
    private static final int CALLERS_MAXIMUM = 10_000;
    private static final Duration FORGOTTEN = Duration.ofMinutes(1); // a bucket is full again by then

    private final int usual;
    private final LongSupplier nanoTime;
    private final Cache<String, Bucket> buckets = Caffeine.newBuilder().maximumSize(CALLERS_MAXIMUM)
            .expireAfterAccess(FORGOTTEN).executor(Runnable::run).build();
    private final LongAdder refused = new LongAdder();

    /**
     * What a request of a caller leaves.
     *
     * @param limit     requests in a second
     * @param remaining how many more may come now
     * @param pause     how long to wait for the next one; zero where this one may pass
     */
    public record Use(int limit, long remaining, Duration pause) {

        /** Whether the request may pass. */
        public boolean passes() {
            return pause.isZero();
        }
    }

    private record Bucket(int limit, TokenBucket tokens) {
    }

    /**
     * @param usual    requests in a second of a caller of whom nothing else is said; 0 = as many as come
     * @param nanoTime in nanoseconds, from whatever beginning
     */
    public CallRates(int usual, LongSupplier nanoTime) {
        this.usual = usual;
        this.nanoTime = nanoTime;
    }

    /** Counts a request of a caller; empty when nothing bounds him. */
    public Optional<Use> take(Caller caller) {
        int limit = caller.rate().orElse(usual);
        if (limit == 0) {
            return Optional.empty();
        }
        long now = nanoTime.getAsLong();
        TokenBucket tokens = buckets.asMap().compute(caller.accessKeyId(), (id, known) ->
                known != null && known.limit == limit ? known : new Bucket(limit, TokenBucket.of(limit, now))).tokens;
        boolean passes = tokens.take(1, now);
        if (!passes) {
            refused.increment();
        }
        return Optional.of(new Use(limit, tokens.available(now),
                passes ? Duration.ZERO : Duration.ofNanos(Math.max(1, tokens.pause(1, now)))));
    }

    /** Requests that did not pass, since the start. */
    public long refused() {
        return refused.sum();
    }
}
