package io.thingport.platform.dashboard;

import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttLoop;
import io.thingport.platform.watch.TooManyWatchersException;
import io.thingport.platform.watch.WatchHub;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The products that dashboards of one loop watch. What there is to show is shown some at a time, one product after the
 * other, so that devices do not wait for it. Owned by the loop's thread.
 */
final class Feeds {

    /** What is shown at a time, in bytes; then nothing for {@link MqttLoop#SOON_MILLIS}. */
    static final int SLICE_BYTES = 256 * 1024;

    private final WatchHub hub;
    private final Supplier<MqttLoop> loop;
    private final Consumer<Runnable> post;
    private final BiConsumer<Dashboard, Message> show;
    private final Consumer<Dashboard> ended;
    private final Map<String, Feed> feeds = new HashMap<>(); // by product key; bounded by the hub
    private final Queue<Feed> due = new ArrayDeque<>();
    private boolean pausing;

    /**
     * @param post  brings a task from any thread to the loop, whatever happens
     * @param show  sends an event to a dashboard
     * @param ended is told of a dashboard that watches a product that is gone
     */
    Feeds(WatchHub hub, Supplier<MqttLoop> loop, Consumer<Runnable> post, BiConsumer<Dashboard, Message> show,
            Consumer<Dashboard> ended) {
        this.hub = hub;
        this.loop = loop;
        this.post = post;
        this.show = show;
        this.ended = ended;
    }

    /** A dashboard begins to watch. */
    void add(Dashboard dashboard, WatchedTopics topics) throws TooManyWatchersException {
        Feed feed = feeds.get(topics.productKey());
        if (feed == null) {
            feed = new Feed(topics.productKey(), hub, () -> post.accept(() -> woken(topics.productKey())), show);
            feeds.put(topics.productKey(), feed);
        }
        feed.add(dashboard, topics);
        woken(feed);
    }

    /** A dashboard stops watching what it has {@link #add begun} to. */
    void remove(Dashboard dashboard, WatchedTopics topics) {
        Feed feed = feeds.get(topics.productKey());
        if (feed != null) {
            feed.remove(dashboard, topics);
            if (!feed.isWatched()) {
                feeds.remove(topics.productKey());
                feed.close();
            }
        }
    }

    private void woken(String productKey) {
        Feed feed = feeds.get(productKey);
        if (feed != null) { // else nobody watches any more
            woken(feed);
        }
    }

    private void woken(Feed feed) {
        if (feed.hasEnded()) {
            end(feed);
        } else if (!feed.isDue()) {
            feed.due(true);
            due.add(feed);
            if (!pausing) {
                showSlice();
            }
        }
    }

    private void end(Feed feed) {
        feeds.remove(feed.productKey());
        feed.close();
        List.copyOf(feed.dashboards()).forEach(ended);
    }

    private void showSlice() {
        pausing = false;
        int left = SLICE_BYTES;
        while (left > 0 && !due.isEmpty()) {
            Feed feed = due.remove();
            feed.due(false);
            if (!feed.hasEnded()) { // else its end follows, or was its closing
                left = feed.show(left);
                if (left <= 0) {
                    feed.due(true);
                    due.add(feed); // behind the others
                }
            }
        }
        if (!due.isEmpty()) {
            pausing = true;
            loop.get().soon(this::showSlice);
        }
    }
}
