package io.thingport.platform.registry;

import io.thingport.mqtt.DeviceKey;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What CONNECTs are judged by, kept in memory. From any thread, never blocks. */
public final class DeviceDirectory {

    /**
     * @param executor     bounded; runs the look-ups, which block
     * @param cacheMaximum devices to remember
     */
    public DeviceDirectory(DeviceSource source, Executor executor, int cacheMaximum) {
    }

    /**
     * Looks a device up. A known one is answered at once, in the calling thread. Else the answer comes on a thread of the
     * executor, one look-up for all who ask at the same time; who needs it on its loop posts it there.
     */
    public void find(DeviceKey key, Consumer<DirectoryAnswer> then) {
        then.accept(new DirectoryAnswer.Unavailable());
    }

    /**
     * Whether nothing has changed since these credentials were found. Ask where a decision made with them takes effect
     * later or on another thread; when not, find them again.
     */
    public boolean isCurrent(DeviceCredentials credentials) {
        return false;
    }
}
