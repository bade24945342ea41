package io.thingport.platform.dashboard;

import io.thingport.mqtt.Message;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.TopicName;
import io.thingport.platform.upstream.UpstreamMessage;
import io.thingport.platform.watch.TooManyWatchersException;
import io.thingport.platform.watch.WatchEvent;
import io.thingport.platform.watch.WatchEvent.Shown;
import io.thingport.platform.watch.WatchHub;
import io.thingport.platform.watch.Watcher;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * What the devices of one product do, for those dashboards of one loop that watch some of it: one watcher for all of them,
 * whose events wait in the hub until they are shown. Owned by the loop's thread.
 */
final class Feed {

    /** What looking whether a dashboard wants an event costs, in bytes that might have been sent instead. */
    static final int LOOK_BYTES = 1_024;

    private static final String ALL = "+"; // no device's name

    private final String productKey;
    private final BiConsumer<Dashboard, Message> show;
    private final Watcher watcher;
    private final Map<String, Map<Dashboard, Integer>> filters = new LinkedHashMap<>(); // how many each has, by device
    private boolean due;

    // The event that is being shown:
    private Message message;
    private List<Dashboard> candidates = List.of();
    private int next;

    /**
     * @param wake runs on other threads when there is something to {@link #show} again
     * @param show sends an event to a dashboard
     */
    Feed(String productKey, WatchHub hub, Runnable wake, BiConsumer<Dashboard, Message> show)
            throws TooManyWatchersException {
        this.productKey = productKey;
        this.show = show;
        this.watcher = hub.watchForMany(productKey, wake);
    }

    String productKey() {
        return productKey;
    }

    // ---- who watches ----

    void add(Dashboard dashboard, WatchedTopics topics) {
        filters.computeIfAbsent(topics.deviceName().orElse(ALL), device -> new LinkedHashMap<>())
                .merge(dashboard, 1, Integer::sum);
    }

    void remove(Dashboard dashboard, WatchedTopics topics) {
        filters.computeIfPresent(topics.deviceName().orElse(ALL), (device, watching) -> {
            watching.computeIfPresent(dashboard, (who, count) -> count == 1 ? null : count - 1);
            return watching.isEmpty() ? null : watching;
        });
    }

    boolean isWatched() {
        return !filters.isEmpty();
    }

    Set<Dashboard> dashboards() {
        Set<Dashboard> all = new LinkedHashSet<>();
        filters.values().forEach(watching -> all.addAll(watching.keySet()));
        return all;
    }

    /** Whether it waits for its turn to show something. */
    boolean isDue() {
        return due;
    }

    void due(boolean now) {
        due = now;
    }

    /** Whether nothing will ever come again: the product is gone, or this was closed. */
    boolean hasEnded() {
        return watcher.ended();
    }

    void close() {
        watcher.close();
    }

    // ---- events ----

    /**
     * Shows what there is.
     *
     * @param budget bytes that may be sent
     * @return what is left of it, 0 or less when there is more to show; above that it will be woken when there is more
     */
    int show(int budget) {
        int left = budget;
        while (left > 0) {
            if (next < candidates.size()) {
                left -= LOOK_BYTES + show(candidates.get(next));
                next++;
            } else {
                Optional<WatchEvent> event = watcher.next();
                if (event.isEmpty()) {
                    candidates = List.of();
                    next = 0;
                    return left;
                }
                left -= LOOK_BYTES;
                begin(event.get());
            }
        }
        return left;
    }

    private void begin(WatchEvent event) {
        next = 0;
        candidates = List.of();
        if (event instanceof Shown shown) { // of a gap MQTT cannot tell; the hub counts it
            candidates = candidates(shown.message().device().deviceName());
            if (!candidates.isEmpty()) {
                message = message(shown.message());
            }
        }
    }

    /** Who has a filter for the device, each once. */
    private List<Dashboard> candidates(String deviceName) {
        Map<Dashboard, Integer> ofAll = filters.getOrDefault(ALL, Map.of());
        Map<Dashboard, Integer> ofDevice = filters.getOrDefault(deviceName, Map.of());
        if (ofDevice.isEmpty()) {
            return List.copyOf(ofAll.keySet());
        }
        Set<Dashboard> both = new LinkedHashSet<>(ofAll.keySet());
        both.addAll(ofDevice.keySet());
        return List.copyOf(both);
    }

    private static Message message(UpstreamMessage told) {
        return Message.of(TopicName.of(told.topic()), QoS.AT_MOST_ONCE, Payload.of(told.payload()), told.properties());
    }

    /** The bytes sent. It may have unsubscribed or left since. */
    private int show(Dashboard dashboard) {
        if (!dashboard.wants(message.topic())) {
            return 0;
        }
        show.accept(dashboard, message);
        return message.payload().length();
    }
}
