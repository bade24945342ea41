package io.thingport.platform.session;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many connected devices have subscribed to each filter for broadcasts, on all loops together. Thread-safe. */
final class BroadcastSubscribers {

    /** As many devices may have subscribed to one filter. */
    static final int MAXIMUM = 1000;

    private final Map<String, Integer> counts = new ConcurrentHashMap<>(); // bounded by the devices' subscriptions

    /** Counts one more; false when that would be too many: then it does not count. */
    boolean enter(String filter) {
        boolean[] entered = new boolean[1];
        counts.compute(filter, (f, count) -> {
            int before = count == null ? 0 : count;
            entered[0] = before < MAXIMUM;
            return entered[0] ? before + 1 : before;
        });
        return entered[0];
    }

    /** Counts one less, who has entered. */
    void leave(String filter) {
        counts.computeIfPresent(filter, (f, count) -> count == 1 ? null : count - 1);
    }
}
