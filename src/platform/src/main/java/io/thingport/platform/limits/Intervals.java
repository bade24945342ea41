package io.thingport.platform.limits;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lets something happen once in an interval, under each of many names. Thread-safe. */
public final class Intervals {

    private final long nanos;
    private final int maximum;
    private final Map<String, Long> last = new LinkedHashMap<>(); // oldest first; what is over goes

    /** @param maximum names at a time; while as many have their interval, none is added */
    public Intervals(Duration interval, int maximum) {
        this.nanos = interval.toNanos();
        this.maximum = maximum;
    }

    /**
     * Asks whether it may happen now; if so, it counts as having happened.
     *
     * @param now in nanoseconds
     * @return 0 when it may; else the nanoseconds until it is worth asking again
     */
    public synchronized long take(String name, long now) {
        for (Iterator<Long> times = last.values().iterator(); times.hasNext();) {
            if (now - times.next() < nanos) {
                break;
            }
            times.remove();
        }
        Long before = last.get(name);
        if (before != null) {
            return nanos - (now - before);
        }
        if (last.size() >= maximum) {
            return nanos;
        }
        last.put(name, now);
        return 0;
    }
}
