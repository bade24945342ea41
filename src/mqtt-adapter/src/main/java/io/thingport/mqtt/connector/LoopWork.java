package io.thingport.mqtt.connector;

import io.netty.util.concurrent.FastThreadLocal;
import jakarta.resource.spi.work.Work;

/**
 * One event loop, from its first task to its end, on a thread borrowed from the container. The thread goes back as it
 * came: what Netty keeps in it would hold this adapter's classes in memory for ever.
 */
final class LoopWork implements Work {

    private final Runnable loop;
    private final ClassLoader loader;
    private final Runnable onRelease;

    LoopWork(Runnable loop, ClassLoader loader, Runnable onRelease) {
        this.loop = loop;
        this.loader = loader;
        this.onRelease = onRelease;
    }

    @Override
    public void run() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            loop.run();
        } finally {
            FastThreadLocal.removeAll();
            thread.setContextClassLoader(before);
        }
    }

    /** The container wants its thread back; {@link #run} returns soon after. Called on another thread. */
    @Override
    public void release() {
        onRelease.run();
    }
}
