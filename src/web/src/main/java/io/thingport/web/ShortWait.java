package io.thingport.web;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lets request threads wait a moment for what event loops complete: nearly always it is there at once, and to let a request go
 * and take it up again on other threads costs several times the work that is done for it. Few threads wait at a time, and none
 * for long, so that whatever hangs does not hold the server's threads. Thread-safe.
 */
public final class ShortWait {

    private final Semaphore places;
    private final Duration longest;

    /**
     * @param places  how many threads may wait at a time
     * @param longest how long each waits at most
     */
    public ShortWait(int places, Duration longest) {
        this.places = new Semaphore(places);
        this.longest = longest;
    }

    /** Whether a stage is complete, with a value or a failure, perhaps after a moment. */
    public boolean isDone(CompletableFuture<?> stage) {
        if (stage.isDone() || !places.tryAcquire()) {
            return stage.isDone();
        }
        try {
            stage.get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // whoever asked looks at the stage
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
        return stage.isDone();
    }
}
