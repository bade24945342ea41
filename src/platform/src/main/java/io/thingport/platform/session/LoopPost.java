package io.thingport.platform.session;

import io.thingport.mqtt.MqttLoop;
import java.util.concurrent.locks.LockSupport;

/** Brings results to a loop that must not get lost, from threads that may wait. */
final class LoopPost {

    private static final long PAUSE_NANOS = 10_000_000;
    private static final int TRIES = 1_000;

    private LoopPost() {
    }

    /** Posts a task; waits while the loop's queue is full, for at most some 10 s: then the loop has ended. */
    static void post(MqttLoop loop, Runnable task) {
        for (int i = 0; i < TRIES && !loop.post(task); i++) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
