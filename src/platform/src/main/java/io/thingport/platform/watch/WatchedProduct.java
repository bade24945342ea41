package io.thingport.platform.watch;

import io.thingport.platform.upstream.UpstreamMessage;
import io.thingport.platform.watch.WatchEvent.Gap;
import io.thingport.platform.watch.WatchEvent.Shown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The last events of one product and those who watch them. A watcher has a place among the events and no queue of its own,
 * so that memory does not grow with the number of watchers, nor with their slowness. From any thread; its lock is held for
 * no more than a look through the events.
 */
final class WatchedProduct {

    static final int EVENTS_MAXIMUM = 1_000;
    static final long BYTES_MAXIMUM = 1024 * 1024;
    private static final int GAP_WEIGHT = 100;

    private final WatchEvent[] events = new WatchEvent[EVENTS_MAXIMUM]; // at its position modulo the length
    private final List<Watcher> watchers = new ArrayList<>(); // bounded by the hub
    private final AtomicLong lost = new AtomicLong(); // of what loops offered, since it was last noted here
    private final long start;
    private long first; // the oldest event that is there
    private long end; // where the next one will stand
    private long bytes;
    private long missed; // by all watchers
    private Instant unwatchedSince = Instant.MAX;

    /** @param start the position of the first event; no position given before may be as great */
    WatchedProduct(long start) {
        this.start = start;
        this.first = start;
        this.end = start;
    }

    // ---- events ----

    /** @param woken gets the watchers that are to be woken when the lock is released */
    synchronized void append(UpstreamMessage message, Set<Watcher> woken) {
        append(new Shown(end, message), woken);
    }

    /** Something that was offered could not be taken. */
    void lost() {
        lost.incrementAndGet();
    }

    /** Notes what was lost, as a gap behind the events that are there. */
    void noteLost(Set<Watcher> woken) {
        long count = lost.get() == 0 ? 0 : lost.getAndSet(0);
        if (count > 0) {
            synchronized (this) {
                missed += count * watchers.size();
                append(new Gap(end, OptionalLong.empty()), woken);
            }
        }
    }

    private void append(WatchEvent event, Set<Watcher> woken) {
        while (first < end && (bytes + weight(event) > BYTES_MAXIMUM || end - first == EVENTS_MAXIMUM)) {
            dropOldest();
        }
        events[index(end)] = event;
        bytes += weight(event);
        end++;
        for (Watcher watcher : watchers) {
            if (watcher.idle && wants(watcher, event)) {
                watcher.idle = false;
                woken.add(watcher);
            } else if (watcher.idle) {
                watcher.cursor = end;
            }
        }
    }

    private void dropOldest() {
        WatchEvent oldest = events[index(first)];
        events[index(first)] = null;
        bytes -= weight(oldest);
        first++;
        for (Watcher watcher : watchers) {
            if (watcher.cursor < first) {
                watcher.cursor = first;
                if (oldest instanceof Gap) {
                    watcher.unsure = true;
                } else if (wants(watcher, oldest)) {
                    watcher.missed++;
                    missed++;
                }
            }
        }
    }

    private static boolean wants(Watcher watcher, WatchEvent event) {
        return !(event instanceof Shown shown) || watcher.request().wants(shown.message());
    }

    private static int weight(WatchEvent event) {
        return event instanceof Shown shown ? shown.message().weight() : GAP_WEIGHT;
    }

    private static int index(long position) {
        return (int) (position % EVENTS_MAXIMUM);
    }

    // ---- watchers ----

    /** Somebody begins to watch: after the last event it has seen, as far as that is known, or from now on. */
    synchronized void enter(Watcher watcher) {
        OptionalLong after = watcher.request().after();
        if (after.isEmpty()) {
            watcher.cursor = end;
        } else if (after.getAsLong() >= start - 1 && after.getAsLong() >= first - 1 && after.getAsLong() < end) {
            watcher.cursor = after.getAsLong() + 1;
        } else {
            watcher.cursor = first;
            watcher.unsure = true;
        }
        watchers.add(watcher);
        unwatchedSince = Instant.MAX;
    }

    synchronized void leave(Watcher watcher, Instant now) {
        watchers.remove(watcher);
        if (watchers.isEmpty()) {
            unwatchedSince = now;
        }
    }

    synchronized List<Watcher> watchers() {
        return List.copyOf(watchers);
    }

    /** Since when nobody watches; {@link Instant#MAX} while somebody does. */
    synchronized Instant unwatchedSince() {
        return unwatchedSince;
    }

    synchronized Optional<WatchEvent> next(Watcher watcher) {
        if (watcher.unsure || watcher.missed > 0) {
            Gap gap = new Gap(watcher.cursor - 1, watcher.unsure ? OptionalLong.empty() : OptionalLong.of(watcher.missed));
            watcher.unsure = false;
            watcher.missed = 0;
            return Optional.of(gap);
        }
        while (watcher.cursor < end) {
            WatchEvent event = events[index(watcher.cursor)];
            watcher.cursor++;
            if (wants(watcher, event)) {
                return Optional.of(event);
            }
        }
        watcher.idle = true;
        return Optional.empty();
    }

    synchronized long position(Watcher watcher) {
        return watcher.cursor - 1;
    }

    /** Events that watchers missed. */
    synchronized long missed() {
        return missed;
    }
}
