package io.thingport.platform.session;

import io.thingport.platform.limits.SlidingWindow;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How fast QoS 1 messages go over one connection: Receive Maximum as a rate, so many in a second. Its other half, how many
 * may wait for their acknowledgement, is the channel's. Owned by the home loop.
 */
final class Pace {

    /** As fast as it goes. */
    static final Pace FREE = new Pace();

    private final SlidingWindow sent; // null when everything may go
    private final LongSupplier nanoTime;

    private Pace() {
        this.sent = null;
        this.nanoTime = () -> 0;
    }

    /** @param perSecond at least 1 */
    Pace(int perSecond, LongSupplier nanoTime) {
        this.sent = new SlidingWindow(perSecond, Duration.ofSeconds(1), nanoTime.getAsLong());
        this.nanoTime = nanoTime;
    }

    /** Nanoseconds until one more message may go; 0 = now. */
    long pause() {
        return sent == null ? 0 : sent.pause(nanoTime.getAsLong());
    }

    /** A message has gone. */
    void sent() {
        if (sent != null) {
            sent.take(nanoTime.getAsLong());
        }
    }
}
