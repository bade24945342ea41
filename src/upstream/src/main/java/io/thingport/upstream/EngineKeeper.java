package io.thingport.upstream;

import io.thingport.platform.upstream.Engine;
import io.thingport.platform.upstream.UpstreamException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Keeps an engine running: starts it, tells the platform, and starts another when it has failed or did not start. All of
 * it happens on one thread.
 */
final class EngineKeeper {

    private static final Logger LOG = System.getLogger(EngineKeeper.class.getName());
    private static final Duration STOP_TIME = Duration.ofSeconds(20);

    private final ThreadFactory threads;
    private final Engine engine;
    private final Start start;
    private final Duration watch;
    private final Duration retry;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private boolean failing; // of the one thread

    /** Starts an engine. */
    @FunctionalInterface
    interface Start {
        RunningEngine start() throws UpstreamException;
    }

    EngineKeeper(ThreadFactory threads, Engine engine, Start start) {
        this(threads, engine, start, Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    /**
     * @param watch how often to look whether the engine still runs
     * @param retry how long to wait before it is started again
     */
    EngineKeeper(ThreadFactory threads, Engine engine, Start start, Duration watch, Duration retry) {
        this.threads = threads;
        this.engine = engine;
        this.start = start;
        this.watch = watch;
        this.retry = retry;
    }

    /** Begins, once, and returns at once. */
    void start() {
        Thread thread = threads.newThread(this::run);
        thread.setName("thingport-engine");
        thread.start();
    }

    /** Stops the engine and waits until it has stopped, 20 seconds at most. */
    void stop() {
        stopping.countDown();
        try {
            if (!stopped.await(STOP_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(Level.WARNING, "the message engine takes longer than {0} to stop", STOP_TIME);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!stops(Duration.ZERO)) {
                attempt();
                if (stops(retry)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopped.countDown();
        }
    }

    private void attempt() throws InterruptedException {
        RunningEngine running;
        try {
            running = start.start();
        } catch (UpstreamException | RuntimeException e) {
            if (!failing) {
                failing = true;
                LOG.log(Level.ERROR, "the message engine is not there; it is tried again every " + retry.toSeconds()
                        + " seconds, and messages for consumer groups wait", e);
            }
            return;
        }
        if (failing) {
            failing = false;
            LOG.log(Level.INFO, "the message engine is there again");
        }
        try {
            engine.connect(running.sink(), running.queues());
            while (!stops(watch)) {
                if (!running.running().getAsBoolean()) {
                    failing = true;
                    LOG.log(Level.ERROR, "the message engine has failed; it is tried again every " + retry.toSeconds()
                            + " seconds, and messages for consumer groups wait");
                    return;
                }
            }
        } finally {
            engine.disconnect();
            stop(running);
        }
    }

    private static void stop(RunningEngine running) {
        try {
            running.stop().run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the message engine did not stop as it should", e);
        }
    }

    private boolean stops(Duration within) throws InterruptedException {
        return stopping.await(within.toMillis(), TimeUnit.MILLISECONDS);
    }
}
