package io.thingport.web.websocket;

import io.thingport.mqtt.RefusalLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Counts and logs who may not open a WebSocket. Thread-safe. */
@ApplicationScoped
public class Refusals {

    private final RefusalLog<Refusal> log = new RefusalLog<>(System.getLogger(Refusals.class.getName()),
            "WebSocket refused", Refusal.class, () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime())); // guarded by itself
    private final Map<Refusal, LongAdder> counts = new EnumMap<>(Refusal.class);

    /** Nothing is refused yet. */
    public Refusals() {
        for (Refusal refusal : Refusal.values()) {
            counts.put(refusal, new LongAdder());
        }
    }

    /** @param detail what the client sent that led to it */
    void add(Refusal refusal, String address, String detail) {
        counts.get(refusal).increment();
        synchronized (log) {
            log.say(refusal, address, detail);
        }
    }

    /** How many there were of a kind. */
    public long count(Refusal refusal) {
        return counts.get(refusal).sum();
    }
}
