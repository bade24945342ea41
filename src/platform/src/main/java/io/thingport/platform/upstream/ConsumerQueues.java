package io.thingport.platform.upstream;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The engine's queues, one for each consumer group. Calls block; from any thread that may. */
public interface ConsumerQueues {

    /**
     * Makes the queues those of exactly these groups: the missing are made; others are removed with what waits in them and
     * their consumers' connections closed.
     *
     * @param groups ids
     */
    void keep(Set<String> groups) throws UpstreamException;

    /** How a group is doing; empty when it has no queue. */
    Optional<Status> status(String group) throws UpstreamException;

    /** Drops all that waits for a group and tells how many messages that were. */
    long clear(String group) throws UpstreamException;

    /** How all groups together are doing. */
    Totals totals() throws UpstreamException;

    /**
     * What all groups come to; counted since the engine's start.
     *
     * @param waiting messages not yet acknowledged
     * @param full    messages dropped because too many waited for their group
     * @param expired messages dropped because they had waited too long
     */
    record Totals(long waiting, long full, long expired) {
    }

    /**
     * A group's state.
     *
     * @param waiting   messages not yet acknowledged
     * @param consumers who is connected
     */
    record Status(long waiting, List<Consumer> consumers) {
        public Status {
            consumers = List.copyOf(consumers);
        }
    }

    /**
     * A connected consumer.
     *
     * @param clientId    what it calls itself
     * @param address     host and port
     * @param connectedAt since when
     */
    record Consumer(String clientId, String address, Instant connectedAt) {
    }
}
