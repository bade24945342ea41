package io.thingport.upstream.amqp;

import io.thingport.mqtt.RefusalLog;
import io.thingport.platform.upstream.ConsumerEvent;
import io.thingport.platform.upstream.ConsumerEvents;
import java.util.function.LongSupplier;

/** Logs what is refused to consumers and what comes back from them, at most a line a second of each kind, and counts it. */
final class ConsumerLog {

    private final RefusalLog<ConsumerEvent> refusals;
    private final ConsumerEvents events;

    /** @param millis the clock, from whatever beginning */
    ConsumerLog(ConsumerEvents events, LongSupplier millis) {
        this.events = events;
        refusals = new RefusalLog<>(System.getLogger(ConsumerLog.class.getName()), "consumer", ConsumerEvent.class, millis);
    }

    /** @param who the consumer or its address */
    void say(ConsumerEvent event, Object who, String detail) {
        events.count(event);
        synchronized (refusals) { // shared by the engine's loops
            refusals.say(event, who, detail);
        }
    }
}
