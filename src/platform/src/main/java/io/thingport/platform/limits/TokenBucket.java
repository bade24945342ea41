package io.thingport.platform.limits;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets so much pass in a second, and as much at once when nothing has passed for a second. What is larger than the whole
 * bucket passes when that is full; the next has to wait longer for it. From any thread, never blocks.
 */
public final class TokenBucket {

    /** Lets everything pass. */
    public static final TokenBucket UNLIMITED = new TokenBucket(0, 0);

    private static final long SECOND = 1_000_000_000L;

    private final long perSecond;
    private final AtomicLong fullAt; // when it is full again if nothing more is taken

    private TokenBucket(long perSecond, long now) {
        this.perSecond = perSecond;
        this.fullAt = new AtomicLong(now);
    }

    /**
     * A full one.
     *
     * @param perSecond at least 0; 0 = everything passes
     * @param now       in nanoseconds
     */
    public static TokenBucket of(int perSecond, long now) {
        return perSecond == 0 ? UNLIMITED : new TokenBucket(perSecond, now);
    }

    /**
     * Takes tokens.
     *
     * @param amount at least 0
     * @param now    in nanoseconds
     * @return false when there are not enough: then none is taken
     */
    public boolean take(int amount, long now) {
        if (perSecond == 0) {
            return true;
        }
        while (true) {
            long known = fullAt.get();
            if (pause(known, amount, now) > 0) {
                return false;
            }
            if (fullAt.compareAndSet(known, now + missing(known, now) + cost(amount))) {
                return true;
            }
        }
    }

    /** Nanoseconds until so many tokens can be taken; 0 = now. */
    public long pause(int amount, long now) {
        return perSecond == 0 ? 0 : pause(fullAt.get(), amount, now);
    }

    /** Tokens that can be taken now. */
    public long available(long now) {
        return perSecond == 0 ? Long.MAX_VALUE : (SECOND - Math.min(SECOND, missing(fullAt.get(), now))) * perSecond / SECOND;
    }

    private long pause(long known, int amount, long now) {
        return Math.max(0, missing(known, now) + Math.min(cost(amount), SECOND) - SECOND);
    }

    /** What is missing until it is full, as time. */
    private static long missing(long known, long now) {
        return Math.max(0, known - now);
    }

    private long cost(int amount) {
        return amount * SECOND / perSecond;
    }
}
