package io.thingport.web.websocket;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Closes WebSockets, a few at a time. To close one Liberty waits for another of its threads; were many to be closed at a
 * time, all its threads would wait for one another, and no request be answered. Thread-safe.
 */
final class Closings {

    static final int AT_ONCE = 8;

    private static final System.Logger LOG = System.getLogger(Closings.class.getName());

    // guarded by this
    private final Queue<Runnable> waiting = new ArrayDeque<>(); // bounded by the number of connections
    private int running;

    /**
     * Does what closes a connection as soon as there is a place; does not block.
     *
     * @param closing does not throw
     * @param threads for what may wait
     */
    void add(Runnable closing, Executor threads) {
        synchronized (this) {
            waiting.add(closing);
            if (running == AT_ONCE) {
                return;
            }
            running++;
        }
        try {
            threads.execute(this::run);
        } catch (RejectedExecutionException stopping) {
            LOG.log(System.Logger.Level.DEBUG, "WebSockets are not closed: {0}", stopping.getMessage());
            synchronized (this) {
                running--;
            }
        }
    }

    private void run() {
        for (Optional<Runnable> next = next(); next.isPresent(); next = next()) {
            next.get().run();
        }
    }

    private synchronized Optional<Runnable> next() {
        if (waiting.isEmpty()) {
            running--;
        }
        return Optional.ofNullable(waiting.poll());
    }
}
