package io.thingport.bench;

import java.util.concurrent.TimeUnit;

/** Calls the REST API, one call after the other, on a thread of its own, until it is closed. Read from any thread. */
final class CallerWatch implements AutoCloseable {

    private static final long PERIOD_MILLIS = 500;

    private final RestApi rest;
    private volatile boolean closed;
    private long longestMillis;
    private int refused;
    private int failed;

    /** Begins to call. */
    CallerWatch(RestApi rest) {
        this.rest = rest;
        Thread thread = new Thread(this::run, "caller");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!closed) {
            long begin = System.nanoTime();
            int status = rest.products().handle((answer, failure) -> failure == null ? answer.statusCode() : 0).join();
            note(status, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
            Trial.pause(PERIOD_MILLIS);
        }
    }

    private synchronized void note(int status, long millis) {
        longestMillis = Math.max(longestMillis, millis);
        if (status == 503) {
            refused++;
        } else if (status != 200) {
            failed++;
        }
    }

    /** Forgets what has been seen. */
    synchronized void reset() {
        longestMillis = 0;
        refused = 0;
        failed = 0;
    }

    /** The longest that an answer took. */
    synchronized long longestMillis() {
        return longestMillis;
    }

    /** Answers with 503. */
    synchronized int refused() {
        return refused;
    }

    /** Other answers than 200 and 503, and calls without an answer. */
    synchronized int failed() {
        return failed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
