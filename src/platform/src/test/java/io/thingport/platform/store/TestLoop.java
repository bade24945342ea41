package io.thingport.platform.store;

import io.thingport.mqtt.MqttLoop;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A loop whose tasks the test runs. */
final class TestLoop implements MqttLoop {

    private static final long DEADLINE_SECONDS = 20;

    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private volatile boolean full;

    /** From now on the queue takes nothing more, or again. */
    void full(boolean full) {
        this.full = full;
    }

    /** Waits for the next task and runs it. */
    void runNext() {
        try {
            Runnable task = tasks.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
            if (task == null) {
                throw new AssertionError("nothing was posted in " + DEADLINE_SECONDS + " s");
            }
            task.run();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    int tasks() {
        return tasks.size();
    }

    @Override
    public int index() {
        return 0;
    }

    @Override
    public boolean inLoop() {
        return false;
    }

    @Override
    public boolean post(Runnable task) {
        return !full && tasks.add(task);
    }

    @Override
    public void soon(Runnable task) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Timer schedule(long delay, TimeUnit unit, Runnable task) {
        throw new UnsupportedOperationException();
    }
}
