package io.thingport.platform.store;

import java.util.concurrent.ThreadFactory;

/** Threads that do not keep the virtual machine alive. */
final class TestThreads {

    static final ThreadFactory DAEMONS = task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    };

    private TestThreads() {
    }
}
