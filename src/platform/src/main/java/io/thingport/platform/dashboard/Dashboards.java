package io.thingport.platform.dashboard;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.thingport.platform.accesskey.Caller;
import io.thingport.platform.watch.WatchHub;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/** The dashboards of all loops, bounded, and what they share. From any thread; nothing blocks. */
public final class Dashboards {

    public static final int CONNECTIONS_MAXIMUM = 1_000;
    /** Connections with the same token. */
    public static final int TOKEN_CONNECTIONS_MAXIMUM = 100;

    /** How long an access key is known that was looked up. */
    static final Duration KEY_KNOWN = Duration.ofSeconds(5);

    private static final int KEYS_MAXIMUM = 1_000; // ten times as many as there may be

    private final DashboardTokens tokens;
    private final Function<String, Optional<Caller>> keys;
    private final WatchHub hub;
    private final Executor executor;
    private final Clock clock;

    private final AsyncCache<String, Optional<Caller>> known;
    private final Cache<String, Boolean> revoked; // ids of access keys, for as long as tokens live
    private final Set<Dashboard> present = new LinkedHashSet<>(); // under its own lock
    final LongAdder refused = new LongAdder();
    final LongAdder shown = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder stalled = new LongAdder();
    final LongAdder refusedPublishes = new LongAdder();

    /**
     * @param keys     the access key with an id, as it is now; may block
     * @param executor bounded; looks access keys up
     */
    public Dashboards(DashboardTokens tokens, Function<String, Optional<Caller>> keys, WatchHub hub, Executor executor,
            Clock clock) {
        this.tokens = tokens;
        this.keys = keys;
        this.hub = hub;
        this.executor = executor;
        this.clock = clock;
        this.known = remembering(KEY_KNOWN).buildAsync();
        this.revoked = remembering(DashboardTokens.LIFETIME_MAXIMUM).build();
    }

    private Caffeine<Object, Object> remembering(Duration time) {
        return Caffeine.newBuilder().maximumSize(KEYS_MAXIMUM).expireAfterWrite(time).executor(Runnable::run)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()));
    }

    /** An access key is valid no more: the connections with its tokens end within a second. */
    public void keyRevoked(String accessKeyId) {
        revoked.put(accessKeyId, true);
        List<Dashboard> ending;
        synchronized (present) {
            ending = present.stream().filter(dashboard -> dashboard.token().accessKeyId().equals(accessKeyId)).toList();
        }
        ending.forEach(Dashboard::revoke);
    }

    /** A moment late. */
    public DashboardCounters counters() {
        int connections;
        synchronized (present) {
            connections = present.size();
        }
        return new DashboardCounters(connections, refused.sum(), shown.sum(), dropped.sum(), stalled.sum(),
                refusedPublishes.sum());
    }

    /** Takes a place for a dashboard; empty when there is one, else why there is none. */
    Optional<String> enter(Dashboard dashboard) {
        synchronized (present) {
            if (present.size() >= CONNECTIONS_MAXIMUM) {
                refused.increment();
                return Optional.of(CONNECTIONS_MAXIMUM + " dashboards are connected already");
            }
            if (present.stream().filter(other -> other.token().id().equals(dashboard.token().id())).count()
                    >= TOKEN_CONNECTIONS_MAXIMUM) {
                refused.increment();
                return Optional.of(TOKEN_CONNECTIONS_MAXIMUM + " dashboards are connected with this token already");
            }
            present.add(dashboard);
            return Optional.empty();
        }
    }

    /** Gives the place back; more than once is as once. */
    void leave(Dashboard dashboard) {
        synchronized (present) {
            present.remove(dashboard);
        }
    }

    /**
     * Looks up the access key of a dashboard that has {@link #enter entered}; what it was {@link #KEY_KNOWN} ago is good
     * enough, so that many who come at once cost one look-up.
     *
     * @return completes on another thread, or at once
     * @throws RejectedExecutionException when too many look-ups wait
     */
    CompletionStage<Optional<Caller>> key(Dashboard dashboard) {
        String id = dashboard.token().accessKeyId();
        return known.get(id, (key, unused) -> CompletableFuture.supplyAsync(() -> keys.apply(key), executor))
                .thenApply(key -> key.filter(found -> revoked.getIfPresent(id) == null));
    }

    DashboardTokens tokens() {
        return tokens;
    }

    WatchHub hub() {
        return hub;
    }

    Clock clock() {
        return clock;
    }
}
