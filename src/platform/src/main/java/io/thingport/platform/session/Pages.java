package io.thingport.platform.session;

import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttLoop;
import io.thingport.platform.store.SessionSource;
import io.thingport.platform.store.SessionSource.StoredMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Reads the messages that wait in stored sessions a page at a time. Owned by one loop's thread. */
final class Pages {

    /** Messages of one session that are read at a time, and kept in memory. */
    static final int SIZE = 100;

    private static final System.Logger LOG = System.getLogger(Pages.class.getName());
    private static final int RETRY_SECONDS = 1;

    private final SessionSource source;
    private final Executor executor;

    /** @param executor bounded; runs what blocks */
    Pages(SessionSource source, Executor executor) {
        this.source = source;
        this.executor = executor;
    }

    /**
     * Reads the first messages of a session's backlog; tries again while the database does not answer. Until it is done
     * the session {@link Session#isReading}.
     *
     * @param missing a message that the database does not have any more
     */
    void load(Session session, Consumer<QueuedMessage> missing, Runnable then) {
        session.reading(true);
        // Those that are stored by now: what is stored while it reads may be missing in what it reads.
        List<QueuedMessage> wanted = session.backlog().first(SIZE).stream().filter(waiting -> !waiting.isLoaded()).toList();
        MqttLoop loop = session.home();
        try {
            executor.execute(() -> read(session, wanted, loop, missing, then));
        } catch (RejectedExecutionException e) {
            later(session, then);
        }
    }

    private void read(Session session, List<QueuedMessage> wanted, MqttLoop loop, Consumer<QueuedMessage> missing,
            Runnable then) {
        Runnable result;
        try {
            List<StoredMessage> page = source.messages(session.id(), wanted.get(0).number(), SIZE);
            result = () -> {
                session.reading(false);
                fill(wanted, page, missing);
                then.run();
            };
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "messages of " + session.device() + " cannot be read", e);
            result = () -> later(session, then);
        }
        LoopPost.post(loop, result);
    }

    private static void later(Session session, Runnable then) {
        session.home().schedule(RETRY_SECONDS, TimeUnit.SECONDS, () -> {
            session.reading(false);
            then.run();
        });
    }

    private static void fill(List<QueuedMessage> wanted, List<StoredMessage> page, Consumer<QueuedMessage> missing) {
        Map<Long, Message> messages = new HashMap<>();
        page.forEach(message -> messages.put(message.number(), message.message()));
        long through = page.size() < SIZE ? Long.MAX_VALUE : page.get(page.size() - 1).number();
        for (QueuedMessage one : wanted) {
            Message message = messages.get(one.number());
            if (!one.isWaiting() || one.number() > through) {
                continue; // dropped in the meantime, or behind the page
            }
            if (message != null) {
                one.load(message);
            } else {
                missing.accept(one);
            }
        }
    }
}
