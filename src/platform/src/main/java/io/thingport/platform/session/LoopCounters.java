package io.thingport.platform.session;

import io.thingport.mqtt.ReasonCode;
import java.util.concurrent.atomic.AtomicInteger;

/** The counters of one loop: written by its thread, read by any. */
final class LoopCounters {

    final Tally<DropReason> drops = new Tally<>(DropReason.class);
    final Tally<ReasonCode> refusedConnects = new Tally<>(ReasonCode.class);
    final AtomicInteger sessions = new AtomicInteger();
}
