package io.thingport.platform.registry;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.registry.StatusStore.Update;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * Keeps when devices come and go, to be written behind: the newest of each device, in batches. {@link #online} and
 * {@link #offline} never block and may be called on any thread; a timer calls {@link #flush} on a thread that may block.
 */
public final class DeviceStatusWriter {

    private static final Logger LOG = System.getLogger(DeviceStatusWriter.class.getName());
    private static final int BATCH = 2_000;

    private final StatusStore store;
    private final int capacity;
    private final Map<DeviceKey, Update> waiting = new ConcurrentHashMap<>(); // bounded by capacity, a few over it
    private final Set<DeviceKey> beingWritten = ConcurrentHashMap.newKeySet(); // a batch
    private final AtomicBoolean failing = new AtomicBoolean();
    private final LongAdder refused = new LongAdder();

    /** @param capacity devices that may wait to be written; what comes for a further one is counted and lost */
    public DeviceStatusWriter(StatusStore store, int capacity) {
        this.store = store;
        this.capacity = capacity;
    }

    /** A device has connected. */
    public void online(DeviceKey key, Instant when, String address) {
        offer(Update.online(key, when, address));
    }

    /** A device's connection has ended. */
    public void offline(DeviceKey key, Instant when) {
        offer(Update.offline(key, when));
    }

    /**
     * Whether it may be still to be written that a device has connected. Who asks while he holds a lock on the device's row
     * finds out, here or in the row.
     */
    boolean isOnlineUnwritten(DeviceKey key) {
        Update update = waiting.get(key);
        return update != null && update.online().isPresent() || beingWritten.contains(key);
    }

    /** How many updates were lost because too many devices waited, since the start. */
    public long refused() {
        return refused.sum();
    }

    /** Writes what waits. One call at a time; blocks. When the database refuses, it all waits for the next call. */
    public void flush() {
        List<DeviceKey> keys = List.copyOf(waiting.keySet());
        for (int from = 0; from < keys.size(); from += BATCH) {
            if (!write(take(keys.subList(from, Math.min(from + BATCH, keys.size()))))) {
                return;
            }
        }
    }

    private void offer(Update update) {
        if (waiting.size() >= capacity && !waiting.containsKey(update.key())) {
            refused.increment();
            return;
        }
        waiting.merge(update.key(), update, (older, newer) -> newer.over(older));
    }

    private List<Update> take(List<DeviceKey> keys) {
        List<Update> batch = new ArrayList<>(keys.size());
        beingWritten.addAll(keys); // before they wait no more
        for (DeviceKey key : keys) {
            batch.add(waiting.remove(key));
        }
        return batch;
    }

    private boolean write(List<Update> batch) {
        try {
            store.write(batch);
            if (failing.compareAndSet(true, false)) {
                LOG.log(Level.INFO, "the status of devices can be written again");
            }
            return true;
        } catch (RuntimeException e) {
            batch.forEach(older -> waiting.merge(older.key(), older, (newer, same) -> newer.over(older)));
            if (failing.compareAndSet(false, true)) {
                LOG.log(Level.WARNING, "the status of devices cannot be written; it waits", e);
            }
            return false;
        } finally {
            beingWritten.clear();
        }
    }
}
