package io.thingport.platform.upstream;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How often each {@link ConsumerEvent} has happened since the start. For any thread. */
public final class ConsumerEvents {

    private final Map<ConsumerEvent, LongAdder> counts = new EnumMap<>(ConsumerEvent.class);

    /** None has happened. */
    public ConsumerEvents() {
        for (ConsumerEvent event : ConsumerEvent.values()) {
            counts.put(event, new LongAdder());
        }
    }

    public void count(ConsumerEvent event) {
        counts.get(event).increment();
    }

    public long counted(ConsumerEvent event) {
        return counts.get(event).sum();
    }
}
