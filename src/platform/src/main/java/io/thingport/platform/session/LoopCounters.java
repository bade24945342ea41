package io.thingport.platform.session;

import io.thingport.mqtt.ReasonCode;
import java.util.concurrent.atomic.AtomicInteger;

/** The counters of one loop: written by its thread, read by any. */
final class LoopCounters {

    final Tally<DropReason> drops = new Tally<>(DropReason.class);
    final Tally<Promise> promises = new Tally<>(Promise.class);
    final Tally<ReasonCode> refusedConnects = new Tally<>(ReasonCode.class);
    private final AtomicInteger connected = new AtomicInteger();

    /** The present number of connected devices. */
    int connected() {
        return connected.get();
    }

    /** So many more are connected, or fewer. */
    void connected(int change) {
        connected.lazySet(connected.get() + change);
    }
}
