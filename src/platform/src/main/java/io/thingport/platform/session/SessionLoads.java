package io.thingport.platform.session;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.MqttLoop;
import io.thingport.platform.registry.DeviceCredentials;
import io.thingport.platform.store.SessionSource;
import io.thingport.platform.store.SessionSource.StoredSession;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reads the sessions of devices that are not in memory: those who are asked for while one read is under way come with the
 * next, many at a time. Owned by one loop's thread.
 */
final class SessionLoads {

    /** Who may wait for a session at a time. */
    static final int WAITING_MAXIMUM = 20_000;

    private static final System.Logger LOG = System.getLogger(SessionLoads.class.getName());
    private static final int BATCH = 256;

    private final SessionSource source;
    private final Executor executor;
    private final Supplier<MqttLoop> loop;
    private final Found found;
    private final Map<Long, Load> asked = new LinkedHashMap<>(); // by the id of the device's row
    private int waiting;
    private boolean reading;
    private boolean failing;

    /** Takes what was read into memory. */
    interface Found {
        void found(DeviceCredentials device, Optional<StoredSession> session);
    }

    private record Load(DeviceCredentials device, List<Consumer<Boolean>> then) {
    }

    /** @param executor bounded; runs what blocks */
    SessionLoads(SessionSource source, Executor executor, Supplier<MqttLoop> loop, Found found) {
        this.source = source;
        this.executor = executor;
        this.loop = loop;
        this.found = found;
    }

    /** Reads the session of a device, which has one or not; then tells whether it is known now. */
    void load(DeviceCredentials device, Consumer<Boolean> then) {
        if (waiting >= WAITING_MAXIMUM) {
            then.accept(false);
            return;
        }
        waiting++;
        asked.computeIfAbsent(device.id(), id -> new Load(device, new ArrayList<>(1))).then().add(then);
        readNext();
    }

    private void readNext() {
        if (reading || asked.isEmpty()) {
            return;
        }
        List<Load> batch = new ArrayList<>(Math.min(BATCH, asked.size()));
        for (Iterator<Load> each = asked.values().iterator(); each.hasNext() && batch.size() < BATCH; each.remove()) {
            batch.add(each.next());
        }
        reading = true;
        MqttLoop home = loop.get();
        try {
            executor.execute(() -> read(batch, home));
        } catch (RejectedExecutionException e) {
            finished(batch, Optional.empty());
        }
    }

    private void read(List<Load> batch, MqttLoop home) {
        Optional<Map<Long, StoredSession>> result;
        try {
            result = Optional.of(source.sessions(batch.stream().map(load -> load.device().id()).toList()));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "sessions cannot be read", e);
            result = Optional.empty();
        }
        Optional<Map<Long, StoredSession>> sessions = result;
        LoopPost.post(home, () -> finished(batch, sessions));
    }

    private void finished(List<Load> batch, Optional<Map<Long, StoredSession>> sessions) {
        reading = false;
        if (sessions.isEmpty() != failing) {
            failing = sessions.isEmpty();
            LOG.log(failing ? System.Logger.Level.WARNING : System.Logger.Level.INFO,
                    failing ? "sessions cannot be read from the database" : "sessions can be read again");
        }
        for (Load load : batch) {
            sessions.ifPresent(all -> found.found(load.device(), Optional.ofNullable(all.get(load.device().id()))));
            waiting -= load.then().size();
            load.then().forEach(then -> then.accept(sessions.isPresent()));
        }
        readNext();
    }
}
