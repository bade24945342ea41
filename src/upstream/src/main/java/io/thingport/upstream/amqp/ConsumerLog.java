package io.thingport.upstream.amqp;

import io.thingport.mqtt.RefusalLog;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** Logs what is refused to consumers and what comes back from them, at most a line a second of each kind, and counts it. */
final class ConsumerLog {

    private final RefusalLog<ConsumerCode> refusals;
    private final Map<ConsumerCode, LongAdder> counts = new EnumMap<>(ConsumerCode.class);

    /** @param millis the clock, from whatever beginning */
    ConsumerLog(LongSupplier millis) {
        refusals = new RefusalLog<>(System.getLogger(ConsumerLog.class.getName()), "consumer", ConsumerCode.class, millis);
        for (ConsumerCode code : ConsumerCode.values()) {
            counts.put(code, new LongAdder());
        }
    }

    /** @param who the consumer or its address */
    void say(ConsumerCode code, Object who, String detail) {
        counts.get(code).increment();
        synchronized (refusals) { // shared by the engine's loops
            refusals.say(code, who, detail);
        }
    }

    long count(ConsumerCode code) {
        return counts.get(code).sum();
    }
}
