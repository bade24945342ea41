package io.thingport.platform.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.thingport.mqtt.Origin;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Makes those wait who have failed to say who they are more often than their address may: each further refusal is held
 * back for longer, and when too many are held back, there is none. Whoever proves who he is has nothing to do with it,
 * wherever he comes from: one broken device does not lock the others of its network out.
 *
 * <p>Each failure takes a share of a minute; an address whose shares are more than a minute waits. They pass with the
 * time, so an address is free of its worst after some minutes. Addresses are bounded in number: of too many some are
 * forgotten, those that fail least first. From any thread, never blocks.
 */
public final class FailedAttempts {

    /** What it does with the usual bounds. */
    private static final Bounds USUAL = new Bounds(Duration.ofMillis(250), Duration.ofSeconds(5), 8, 2_000, 10_000);
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final long share;
    private final Bounds bounds;
    private final Cache<Origin, Failures> failures;
    private final AtomicInteger waiting = new AtomicInteger();
    private final LongAdder delayed = new LongAdder();
    private final LongAdder unanswered = new LongAdder();

    /**
     * @param step              how much longer each refusal is held back than the one before
     * @param longest           how long one is held back at most
     * @param waitingPerAddress refusals of one address that are held back
     * @param waiting           refusals that are held back, in all
     * @param addresses         addresses that are remembered
     */
    record Bounds(Duration step, Duration longest, int waitingPerAddress, int waiting, int addresses) {
    }

    /**
     * Of one address.
     *
     * @param over    when its failures count no more, in nanoseconds
     * @param waiting its refusals that are held back
     */
    private record Failures(long over, int waiting) {
    }

    /** @param perMinute failures of one address in a minute that are answered at once; 0 = all */
    public FailedAttempts(int perMinute) {
        this(perMinute, USUAL);
    }

    FailedAttempts(int perMinute, Bounds bounds) {
        this.share = perMinute == 0 ? 0 : MINUTE / perMinute;
        this.bounds = bounds;
        this.failures = Caffeine.newBuilder().maximumSize(bounds.addresses()).executor(Runnable::run).build();
    }

    /**
     * Counts a failure and says what becomes of its refusal: nanoseconds to hold it back, 0 for not at all, or empty when
     * there is to be none. Who is told to hold it back says {@link #answered} when that is over.
     *
     * @param now in nanoseconds
     */
    public OptionalLong failed(Origin from, long now) {
        if (share == 0) {
            return OptionalLong.of(0);
        }
        long[] pause = new long[1];
        boolean[] full = new boolean[1];
        failures.asMap().compute(from, (origin, before) -> {
            Failures old = before == null ? new Failures(now, 0) : before;
            long over = Math.min(Math.max(old.over - now, 0) + share, MINUTE + worst() * share);
            pause[0] = pause(over);
            full[0] = pause[0] > 0 && !mayWait(old.waiting);
            return new Failures(now + over, pause[0] > 0 && !full[0] ? old.waiting + 1 : old.waiting);
        });
        if (full[0]) {
            unanswered.increment();
            return OptionalLong.empty();
        }
        if (pause[0] > 0) {
            delayed.increment();
        }
        return OptionalLong.of(pause[0]);
    }

    private boolean mayWait(int ofAddress) {
        if (ofAddress >= bounds.waitingPerAddress()) {
            return false;
        }
        if (waiting.incrementAndGet() > bounds.waiting()) {
            waiting.decrementAndGet();
            return false;
        }
        return true;
    }

    private long worst() {
        return bounds.longest().dividedBy(bounds.step());
    }

    /** @param over nanoseconds until the failures count no more */
    private long pause(long over) {
        long tooMany = (Math.max(0, over - MINUTE) + share - 1) / share;
        return Math.min(tooMany, worst()) * bounds.step().toNanos();
    }

    /** A refusal that was held back has been given, or its receiver is gone. */
    public void answered(Origin from) {
        waiting.decrementAndGet();
        failures.asMap().computeIfPresent(from, (origin, f) -> new Failures(f.over, Math.max(0, f.waiting - 1)));
    }

    /**
     * Whether the next refusal would be held back, or not given.
     *
     * @param now in nanoseconds
     */
    public boolean isSuspect(Origin from, long now) {
        return share != 0 && Optional.ofNullable(failures.getIfPresent(from))
                .filter(f -> f.over - now > MINUTE - share).isPresent();
    }

    /** Refusals that were held back, since the start. */
    public long delayed() {
        return delayed.sum();
    }

    /** Failures that were not answered, since the start. */
    public long unanswered() {
        return unanswered.sum();
    }

    /** Addresses that are remembered. */
    long size() {
        failures.cleanUp();
        return failures.estimatedSize();
    }
}
