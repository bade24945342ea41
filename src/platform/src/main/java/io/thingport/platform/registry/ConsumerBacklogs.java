package io.thingport.platform.registry;

import io.thingport.platform.upstream.ConsumerQueues;
import io.thingport.platform.upstream.Engine;
import io.thingport.platform.upstream.UpstreamException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * What waits for consumer groups. Every method may throw {@link RegistryException}; calls block on the database, and then
 * on the message engine, which may take long: without a transaction around it.
 */
@Dependent
public class ConsumerBacklogs {

    private static final Logger LOG = System.getLogger(ConsumerBacklogs.class.getName());

    private final ConsumerGroups groups;
    private final Engine engine;

    @Inject
    public ConsumerBacklogs(ConsumerGroups groups, Engine engine) {
        this.groups = groups;
        this.engine = engine;
    }

    /** How a group is doing. */
    public ConsumerQueues.Status status(String group) {
        groups.get(group);
        return ask(queues -> queues.status(group)).orElseThrow(ConsumerBacklogs::engineAway);
    }

    /** Drops all that waits for a group and tells how many messages that were. */
    public long clear(String group) {
        groups.get(group);
        return ask(queues -> queues.clear(group));
    }

    private interface Question<T> {
        T ask(ConsumerQueues queues) throws UpstreamException;
    }

    private <T> T ask(Question<T> question) {
        ConsumerQueues queues = engine.queues().orElseThrow(ConsumerBacklogs::engineAway);
        try {
            return question.ask(queues);
        } catch (UpstreamException e) {
            LOG.log(Level.WARNING, "the message engine does not answer", e);
            throw engineAway();
        }
    }

    private static RegistryException engineAway() {
        return new RegistryException(RegistryProblem.MESSAGE_ENGINE_UNAVAILABLE, "the message engine does not answer");
    }
}
