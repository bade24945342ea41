package io.thingport.bench;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks a server for a health check again and again on a thread of its own, until it is closed. Read from any thread. */
final class HealthWatch implements AutoCloseable {

    private static final long PERIOD_MILLIS = 100;

    private final ServerProcess server;
    private final String check;
    private final Thread thread;
    private volatile boolean closed;
    private long longestMillis;
    private int failures;
    private Optional<Long> lastUp = Optional.empty();
    private Optional<Long> lastDown = Optional.empty();
    private Optional<Long> firstDown = Optional.empty();

    /** Begins to ask. */
    HealthWatch(ServerProcess server, String check) {
        this.server = server;
        this.check = check;
        this.thread = new Thread(this::run, "health-" + check);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!closed) {
            long begin = System.nanoTime();
            int status;
            try {
                status = server.healthAnswer(check).statusCode();
            } catch (IOException e) {
                status = 0;
            }
            note(status, begin, System.nanoTime());
            Trial.pause(PERIOD_MILLIS);
        }
    }

    private synchronized void note(int status, long begin, long end) {
        longestMillis = Math.max(longestMillis, TimeUnit.NANOSECONDS.toMillis(end - begin));
        if (status == 200) {
            lastUp = Optional.of(end);
        } else {
            failures++;
            lastDown = Optional.of(end);
            if (firstDown.isEmpty()) {
                firstDown = Optional.of(end);
            }
        }
    }

    /** Forgets what has been seen. */
    synchronized void reset() {
        longestMillis = 0;
        failures = 0;
        lastUp = Optional.empty();
        lastDown = Optional.empty();
        firstDown = Optional.empty();
    }

    /** The longest that an answer took. */
    synchronized long longestMillis() {
        return longestMillis;
    }

    /** Answers other than 200, and questions without an answer. */
    synchronized int failures() {
        return failures;
    }

    /** When the check was not 200 for the first time, as {@link System#nanoTime} counts. */
    synchronized Optional<Long> firstDown() {
        return firstDown;
    }

    /** Whether the latest answer was 200. */
    synchronized boolean up() {
        return lastUp.isPresent() && lastDown.map(down -> down < lastUp.get()).orElse(true);
    }

    @Override
    public void close() {
        closed = true;
    }
}
