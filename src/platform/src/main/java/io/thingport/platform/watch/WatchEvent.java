package io.thingport.platform.watch;

import io.thingport.platform.upstream.UpstreamMessage;
import java.util.OptionalLong;

/** What a watcher sees. */
public sealed interface WatchEvent {

    /**
     * Where it stands among the events of its product: later ones have greater numbers. A watcher that begins after it sees
     * what follows.
     */
    long position();

    /** A device has published, or come, or gone. */
    record Shown(long position, UpstreamMessage message) implements WatchEvent {
    }

    /**
     * Events are missing here.
     *
     * @param missed how many; empty when nobody knows whether there were any
     */
    record Gap(long position, OptionalLong missed) implements WatchEvent {
    }
}
