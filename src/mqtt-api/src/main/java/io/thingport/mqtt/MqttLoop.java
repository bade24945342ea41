package io.thingport.mqtt;

import java.util.concurrent.TimeUnit;

/** One event loop: a thread that owns the channels and sessions assigned to it. */
public interface MqttLoop {

    /** From 0 to the number of loops less one. */
    int index();

    /** Whether the caller runs on this loop's thread. */
    boolean inLoop();

    /**
     * Runs a task on the loop's thread after those posted before it. From any thread. Output that a burst of tasks makes
     * leaves with one flush per channel.
     *
     * @return false when the loop's queue (65,536 tasks) is full or the loop has ended; the task will not run
     */
    boolean post(Runnable task);

    /**
     * Runs a task on the loop's thread once, not before the delay and up to 100 ms after it. Loop thread only.
     */
    Timer schedule(long delay, TimeUnit unit, Runnable task);

    /**
     * Runs a task on the loop's thread once, some {@value #SOON_MILLIS} ms from now. It costs a timer of the operating
     * system: have one at a time. Loop thread only.
     */
    void soon(Runnable task);

    /** How long {@link #soon} waits, in milliseconds. */
    int SOON_MILLIS = 5;

    /** A scheduled task. Loop thread only. */
    interface Timer {
        /** Takes the task back; without effect when it has run. */
        void cancel();
    }
}
