package io.thingport.upstream.amqp;

import io.thingport.platform.limits.SlidingWindow;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Counts the consumers that are in, by group and by client, and how many came within the last minute. Only those are
 * counted that proved who they are, so nobody can lock a group out. For any thread.
 */
final class Doors {

    private final ConsumerLimits limits;
    private final LongSupplier nanos;
    private final Map<String, Door> doors = new HashMap<>(); // by group; there are no more than groups
    private final Map<Object, ConsumerIdentity> inside = new HashMap<>(); // by connection

    Doors(ConsumerLimits limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
    }

    /**
     * Lets a connection in, once. It stays in until it leaves.
     *
     * @return why not; empty when it is in
     */
    synchronized Optional<String> enter(Object connection, ConsumerIdentity identity) {
        if (inside.containsKey(connection)) {
            return Optional.empty();
        }
        long now = nanos.getAsLong();
        doors.values().removeIf(door -> door.isForgotten(now));
        Door door = doors.computeIfAbsent(identity.group(), g -> new Door(limits.attempts(), now));
        if (!door.window.take(now)) {
            return Optional.of("more than " + limits.attempts() + " connections of the group within a minute");
        }
        if (door.connections.size() >= limits.group()) {
            return Optional.of(limits.group() + " connections of the group");
        }
        if (inside.values().stream().filter(i -> isSameClient(i, identity)).count() >= limits.client()) {
            return Optional.of(limits.client() + " connections of the client");
        }
        door.connections.add(connection);
        inside.put(connection, identity);
        return Optional.empty();
    }

    /** Who this connection is; empty when it is not in. */
    synchronized Optional<ConsumerIdentity> identity(Object connection) {
        return Optional.ofNullable(inside.get(connection));
    }

    /** A connection is gone; it may never have been in. */
    synchronized void leave(Object connection) {
        ConsumerIdentity identity = inside.remove(connection);
        if (identity != null) {
            doors.get(identity.group()).connections.remove(connection);
        }
    }

    /** How many are in. */
    synchronized int inside() {
        return inside.size();
    }

    private static boolean isSameClient(ConsumerIdentity one, ConsumerIdentity other) {
        return one.clientId().equals(other.clientId()) && one.accessKeyId().equals(other.accessKeyId());
    }

    private static final class Door {
        private final Set<Object> connections = new HashSet<>();
        private final SlidingWindow window;

        private Door(int attempts, long now) {
            window = new SlidingWindow(attempts, Duration.ofMinutes(1), now);
        }

        private boolean isForgotten(long now) {
            return connections.isEmpty() && window.isEmpty(now);
        }
    }
}
