package io.thingport.platform.dashboard;

import io.thingport.platform.accesskey.Caller;
import io.thingport.platform.watch.WatchHub;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/** The dashboards of all loops, bounded, and what they share. From any thread; nothing blocks. */
public final class Dashboards {

    public static final int CONNECTIONS_MAXIMUM = 1_000;
    /** Connections with the same token. */
    public static final int TOKEN_CONNECTIONS_MAXIMUM = 100;

    private final DashboardTokens tokens;
    private final Function<String, Optional<Caller>> keys;
    private final WatchHub hub;
    private final Clock clock;
    private final Set<Dashboard> present = new LinkedHashSet<>(); // under its own lock
    final LongAdder refused = new LongAdder();
    final LongAdder shown = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder stalled = new LongAdder();
    final LongAdder refusedPublishes = new LongAdder();

    /** @param keys the access key with an id, as it is now; never blocks */
    public Dashboards(DashboardTokens tokens, Function<String, Optional<Caller>> keys, WatchHub hub, Clock clock) {
        this.tokens = tokens;
        this.keys = keys;
        this.hub = hub;
        this.clock = clock;
    }

    /** An access key is valid no more, or may do less: the connections with its tokens end within a second. */
    public void keyRevoked(String accessKeyId) {
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

    /** The access key of a dashboard that has {@link #enter entered}, so that none is revoked unnoticed. */
    Optional<Caller> key(Dashboard dashboard) {
        return keys.apply(dashboard.token().accessKeyId());
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
