package io.thingport.upstream;

import io.thingport.platform.upstream.UpstreamException;
import io.thingport.platform.upstream.UpstreamMessage;
import io.thingport.platform.upstream.UpstreamSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.persistence.OperationContext;
import org.apache.activemq.artemis.core.persistence.StorageManager;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.RoutingContext;
import org.apache.activemq.artemis.core.server.impl.RoutingContextImpl;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.apache.activemq.artemis.core.transaction.impl.TransactionImpl;
import org.apache.activemq.artemis.protocol.amqp.broker.AMQPStandardMessage;

/**
 * Writes to the engine in this process, without a connection: a batch is one transaction of its journal, which is synced
 * once. A message is kept once however many groups receive it. Owned by the one thread that hands over.
 */
final class EmbeddedSink implements UpstreamSink {

    private static final Duration DURABLE_WITHIN = Duration.ofSeconds(30);
    private static final int AMQP_MESSAGE_FORMAT = 0;

    private final EmbeddedBroker broker;
    private final ActiveMQServer server;
    private final MessageFormat format = new MessageFormat();

    EmbeddedSink(EmbeddedBroker broker) {
        this.broker = broker;
        this.server = broker.server();
    }

    @Override
    public void write(List<UpstreamMessage> messages) throws UpstreamException {
        if (!broker.running()) {
            throw new UpstreamException("the message engine does not run");
        }
        if (server.getPagingManager().isDiskFull()) {
            throw new UpstreamException("the message engine's disk is full");
        }
        StorageManager storage = server.getStorageManager();
        OperationContext completion = storage.newSingleThreadContext();
        storage.setContext(completion);
        try {
            Transaction transaction = new TransactionImpl(storage);
            try {
                route(messages, transaction);
                transaction.commit();
            } catch (Exception e) { // all that the engine throws
                transaction.tryRollback();
                throw e;
            }
            if (!completion.waitCompletion(DURABLE_WITHIN.toMillis())) {
                throw new UpstreamException("the message engine's disk does not answer");
            }
        } catch (UpstreamException e) {
            throw e;
        } catch (Exception e) {
            throw new UpstreamException("the message engine takes no messages: " + e.getMessage(), e);
        } finally {
            storage.clearContext();
        }
    }

    private void route(List<UpstreamMessage> messages, Transaction transaction) throws Exception {
        RoutingContext context = new RoutingContextImpl(transaction);
        List<String> groups = List.of();
        List<Queue> queues = List.of();
        for (UpstreamMessage message : messages) {
            if (!message.groups().equals(groups)) {
                groups = message.groups();
                queues = queues(groups);
                context = new RoutingContextImpl(transaction);
                for (Queue queue : queues) {
                    context.addQueue(queue.getAddress(), queue);
                }
            }
            if (!queues.isEmpty()) {
                server.getPostOffice().processRoute(encoded(message, queues.get(0).getAddress()), context, false);
            }
        }
    }

    private List<Queue> queues(List<String> groups) {
        List<Queue> found = new ArrayList<>(groups.size());
        groups.forEach(group -> Optional.ofNullable(server.locateQueue(Queues.of(group))).ifPresent(found::add));
        return found;
    }

    private AMQPStandardMessage encoded(UpstreamMessage message, SimpleString address) {
        AMQPStandardMessage encoded = new AMQPStandardMessage(AMQP_MESSAGE_FORMAT, format.encode(message), null);
        encoded.setMessageID(server.getStorageManager().generateID());
        encoded.setAddress(address);
        return encoded;
    }
}
