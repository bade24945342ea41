package io.thingport.bench;

import io.thingport.mqtt.MqttLoop;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** A thread that runs what is posted to it, as an event loop does. */
final class BenchLoop implements MqttLoop {

    private static final int TASKS = 65_536;

    private final BlockingQueue<Runnable> tasks = new ArrayBlockingQueue<>(TASKS);
    private final Thread thread = new Thread(this::run, "bench-loop");

    BenchLoop() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                tasks.take().run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int index() {
        return 0;
    }

    @Override
    public boolean inLoop() {
        return Thread.currentThread() == thread;
    }

    @Override
    public boolean post(Runnable task) {
        return tasks.offer(task);
    }

    @Override
    public Timer schedule(long delay, TimeUnit unit, Runnable task) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void soon(Runnable task) {
        throw new UnsupportedOperationException();
    }
}
