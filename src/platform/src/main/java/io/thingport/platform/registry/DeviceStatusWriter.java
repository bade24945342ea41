package io.thingport.platform.registry;

import io.thingport.mqtt.DeviceKey;
import java.time.Instant;
import java.util.concurrent.Executor;

/**
 * Writes behind when devices come and go: the newest of each device, in batches. From any thread, never blocks.
 */
public final class DeviceStatusWriter {

    /**
     * @param executor bounded; runs the writes, which block
     * @param capacity devices that may wait to be written; a further one is counted and lost
     */
    public DeviceStatusWriter(StatusStore store, Executor executor, int capacity) {
    }

    /** A device has connected. */
    public void online(DeviceKey key, Instant when, String address) {
    }

    /** A device's connection has ended. */
    public void offline(DeviceKey key, Instant when) {
    }
}
