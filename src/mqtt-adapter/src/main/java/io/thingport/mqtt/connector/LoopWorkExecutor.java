package io.thingport.mqtt.connector;

import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkManager;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs event loops as JCA Work. Thread-safe.
 *
 * @param workManager the container's
 * @param loader      context class loader of the loops: the adapter's own, as {@code start} saw it
 * @param onRelease   called when the container wants the Work to end
 */
record LoopWorkExecutor(WorkManager workManager, ClassLoader loader, Runnable onRelease) implements Executor {

    /** @throws RejectedExecutionException when the container takes no Work, or did not start it within 10 s */
    @Override
    public void execute(Runnable loop) {
        try {
            workManager.startWork(new LoopWork(loop, loader, onRelease), 10_000, null, null);
        } catch (WorkException e) {
            throw new RejectedExecutionException("the container does not run an event loop: " + e.getMessage(), e);
        }
    }
}
