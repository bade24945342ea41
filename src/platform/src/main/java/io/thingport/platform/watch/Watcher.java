package io.thingport.platform.watch;

import java.util.Optional;

/**
 * One who watches. Takes events at its own pace; what it is too slow for becomes a {@link WatchEvent.Gap}. From any thread,
 * by one at a time, but for {@link #ended} and {@link #close}, which anybody may call.
 */
public final class Watcher implements AutoCloseable {

    private final WatchRequest request;
    private final Runnable wake;
    private final WatchHub hub;
    private final WatchedProduct product;
    private volatile boolean ended; // set by whoever ends it, read by the one who takes

    // Guarded by the product's lock:
    long cursor; // the position to look at next
    long missed; // events that it wants and that were dropped before it saw them
    boolean unsure; // whether it missed any is not known
    boolean idle; // it has seen all there is and waits to be woken

    Watcher(WatchRequest request, Runnable wake, WatchHub hub, WatchedProduct product) {
        this.request = request;
        this.wake = wake;
        this.hub = hub;
        this.product = product;
    }

    /** The next event. When there is none, the watcher is woken once there is. Never blocks. */
    public Optional<WatchEvent> next() {
        return product.next(this);
    }

    /** All that it wants up to this position it has been given. */
    public long position() {
        return product.position(this);
    }

    /** Whether it must stop: its access key, product or device is gone, or it was closed. It is woken to see that. */
    public boolean ended() {
        return ended;
    }

    /** Stops watching. More than once is as once. */
    @Override
    public void close() {
        ended = true;
        hub.remove(this);
    }

    WatchRequest request() {
        return request;
    }

    WatchedProduct product() {
        return product;
    }

    void end() {
        ended = true;
        wake.run();
    }

    void wake() {
        wake.run();
    }
}
