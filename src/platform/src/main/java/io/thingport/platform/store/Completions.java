package io.thingport.platform.store;

import io.thingport.mqtt.MqttLoop;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Tells each loop what has become of its changes, with one task for all of them. What a loop's full queue does not take
 * stays here until it does, and counts as waiting in the {@link WriterQueue}. The writer's thread.
 */
final class Completions {

    private static final Logger LOG = System.getLogger(Completions.class.getName());

    private final WriterQueue queue;
    private final Map<MqttLoop, News> untold = new IdentityHashMap<>(); // one entry a loop

    /** For one loop. Given away once it is posted. */
    private static final class News {
        private final List<Change> written = new ArrayList<>();
        private final List<Change> refused = new ArrayList<>();
        private int messages;
        private long bytes;

        void count(Waiting entry) {
            if (entry.isMessage()) {
                messages++;
                bytes += entry.bytes();
            }
        }

        /** On the loop's thread. */
        void tell() {
            written.forEach(change -> tell(change, Change::written));
            refused.forEach(change -> tell(change, Change::refused));
        }

        private static void tell(Change change, Consumer<Change> outcome) {
            try {
                outcome.accept(change);
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "what follows from a stored change has failed", e);
            }
        }
    }

    Completions(WriterQueue queue) {
        this.queue = queue;
    }

    void written(List<Waiting> entries) {
        for (Waiting entry : entries) {
            News news = news(entry);
            news.written.add(entry.change());
        }
    }

    void refused(List<Waiting> entries) {
        for (Waiting entry : entries) {
            News news = news(entry);
            news.refused.add(entry.change());
        }
    }

    /** @return false when a loop did not take its news */
    boolean post() {
        for (Iterator<Map.Entry<MqttLoop, News>> each = untold.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<MqttLoop, News> entry = each.next();
            News news = entry.getValue();
            if (entry.getKey().post(news::tell)) {
                queue.release(news.messages, news.bytes);
                each.remove();
            }
        }
        return untold.isEmpty();
    }

    private News news(Waiting entry) {
        News news = untold.computeIfAbsent(entry.change().home(), loop -> new News());
        news.count(entry);
        return news;
    }
}
