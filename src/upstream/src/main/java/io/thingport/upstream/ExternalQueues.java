package io.thingport.upstream;

import io.thingport.platform.upstream.ConsumerQueues;
import io.thingport.platform.upstream.UpstreamException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession.QueueQuery;

/**
 * The queues at a broker elsewhere: missing ones are made there, if its user may. Removing and clearing them, and knowing
 * who is connected, is that broker's own. From any thread that may block.
 */
final class ExternalQueues implements ConsumerQueues {

    private static final Logger LOG = System.getLogger(ExternalQueues.class.getName());

    private final ExternalBroker broker;
    private final Set<String> kept = ConcurrentHashMap.newKeySet();

    ExternalQueues(ExternalBroker broker) {
        this.broker = broker;
    }

    @Override
    public synchronized void keep(Set<String> groups) throws UpstreamException {
        for (String group : groups) {
            SimpleString queue = Queues.of(group);
            if (!found(queue).isExists()) {
                make(queue);
            }
        }
        for (String group : kept) {
            if (!groups.contains(group)) {
                broker.forget(Queues.of(group));
                LOG.log(Level.INFO, "the queue {0} is not needed any more; it stays at the message engine", Queues.of(group));
            }
        }
        kept.addAll(groups);
        kept.retainAll(groups);
    }

    @Override
    public Optional<Status> status(String group) throws UpstreamException {
        QueueQuery queue = found(Queues.of(group));
        return queue.isExists() ? Optional.of(new Status(queue.getMessageCount(), List.of())) : Optional.empty();
    }

    @Override
    public long clear(String group) throws UpstreamException {
        throw new UpstreamException("the queue " + Queues.of(group) + " is cleared where the message engine is managed");
    }

    @Override
    public Totals totals() throws UpstreamException {
        long waiting = 0;
        for (String group : kept) {
            waiting += found(Queues.of(group)).getMessageCount();
        }
        return new Totals(waiting, 0, 0);
    }

    private QueueQuery found(SimpleString queue) throws UpstreamException {
        try {
            return broker.look(queue);
        } catch (ActiveMQException e) {
            throw new UpstreamException("the message engine does not tell about the queue " + queue + ": "
                    + e.getMessage(), e);
        }
    }

    private void make(SimpleString queue) throws UpstreamException {
        try {
            broker.make(queue);
        } catch (ActiveMQException e) {
            throw new UpstreamException("the queue " + queue + " is not at the message engine and cannot be made there: "
                    + e.getMessage(), e);
        }
    }
}
