package io.thingport.upstream;

import io.thingport.mqtt.RefusalLog;
import io.thingport.platform.config.Settings;
import io.thingport.platform.upstream.UpstreamException;
import io.thingport.platform.upstream.UpstreamMessage;
import io.thingport.platform.upstream.UpstreamSink;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.persistence.OperationContext;
import org.apache.activemq.artemis.core.persistence.StorageManager;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.RoutingContext;
import org.apache.activemq.artemis.core.server.impl.RoutingContextImpl;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.apache.activemq.artemis.core.transaction.TransactionOperationAbstract;
import org.apache.activemq.artemis.core.transaction.impl.TransactionImpl;
import org.apache.activemq.artemis.protocol.amqp.broker.AMQPStandardMessage;

/**
 * Writes to the engine in this process, without a connection: a batch is one transaction of its journal, which is synced
 * once. A message is kept once however many groups receive it. Owned by the one thread that hands over, but for
 * {@link #full()}.
 */
final class EmbeddedSink implements UpstreamSink {

    private static final Duration DURABLE_WITHIN = Duration.ofSeconds(30);
    static final int AMQP_MESSAGE_FORMAT = 0;

    private final EmbeddedBroker broker;
    private final ActiveMQServer server;
    private final int groupMaximum;
    private final long retentionMillis;
    private final Clock clock;
    private final RefusalLog<Dropped> log;
    private final MessageFormat format = new MessageFormat();
    private final LongAdder full = new LongAdder();

    private enum Dropped { GROUP_FULL }

    EmbeddedSink(EmbeddedBroker broker, Settings.Upstream bounds, Clock clock) {
        this.broker = broker;
        this.server = broker.server();
        this.groupMaximum = bounds.groupMessagesMaximum();
        this.retentionMillis = bounds.retention().toMillis();
        this.clock = clock;
        this.log = new RefusalLog<>(System.getLogger(EmbeddedSink.class.getName()), "message for a consumer group dropped",
                Dropped.class, clock::millis);
    }

    /** Messages dropped because their group had too many waiting. From any thread. */
    long full() {
        return full.sum();
    }

    @Override
    public void write(List<UpstreamMessage> messages) throws UpstreamException {
        if (!broker.running()) {
            throw new UpstreamException("the message engine does not run");
        }
        if (server.getPagingManager().isDiskFull()) {
            throw new UpstreamException("less than " + EmbeddedBroker.DISK_FREE_MINIMUM
                    + " bytes are free on the message engine's disk");
        }
        StorageManager storage = server.getStorageManager();
        OperationContext completion = storage.newSingleThreadContext();
        storage.setContext(completion);
        try {
            Transaction transaction = new TransactionImpl(storage);
            Queued queued = new Queued();
            try {
                new Batch(transaction).route(messages);
                transaction.addOperation(queued);
                transaction.commit();
            } catch (Exception e) { // all that the engine throws
                transaction.tryRollback();
                throw e;
            }
            if (!completion.waitCompletion(DURABLE_WITHIN.toMillis()) || !queued.await()) {
                throw new UpstreamException("the message engine's disk has not answered within " + DURABLE_WITHIN);
            }
        } catch (UpstreamException e) {
            throw e;
        } catch (Exception e) {
            throw new UpstreamException("the message engine takes no messages: " + e.getMessage(), e);
        } finally {
            storage.clearContext();
        }
    }

    /**
     * The last step of a transaction: its messages stand in the queues. The disk's completion may be seen a little earlier,
     * and the next batch must not overtake.
     */
    private static final class Queued extends TransactionOperationAbstract {

        private final CountDownLatch done = new CountDownLatch(1);

        @Override
        public void afterCommit(Transaction transaction) {
            done.countDown();
        }

        boolean await() throws InterruptedException {
            return done.await(DURABLE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** A group's queue, and how many messages more it takes. */
    private static final class Target {
        private final String group;
        private final Queue queue;
        private long room;

        Target(String group, Queue queue, long room) {
            this.group = group;
            this.queue = queue;
            this.room = room;
        }
    }

    /** One batch on its way into the queues. Messages that follow each other have the same groups as a rule. */
    private final class Batch {

        private final Transaction transaction;
        private final long expiration = clock.millis() + retentionMillis;
        private final Map<String, Optional<Target>> targets = new HashMap<>();
        private List<String> groups = List.of();
        private List<Target> all = List.of();
        private RoutingContext toAll;

        Batch(Transaction transaction) {
            this.transaction = transaction;
            this.toAll = new RoutingContextImpl(transaction);
        }

        void route(List<UpstreamMessage> messages) throws Exception {
            for (UpstreamMessage message : messages) {
                if (!message.groups().equals(groups)) {
                    groups = message.groups();
                    all = groups.stream().flatMap(group -> target(group).stream()).toList();
                    toAll = context(all);
                }
                route(message);
            }
        }

        private void route(UpstreamMessage message) throws Exception {
            boolean room = true;
            for (Target target : all) {
                room &= target.room > 0;
            }
            List<Target> open = room ? all : withRoom(message);
            if (!open.isEmpty()) {
                open.forEach(target -> target.room--);
                server.getPostOffice().processRoute(encoded(message, open.get(0).queue.getAddress()),
                        room ? toAll : context(open), false);
            }
        }

        private List<Target> withRoom(UpstreamMessage message) {
            List<Target> open = new ArrayList<>(all.size());
            for (Target target : all) {
                if (target.room > 0) {
                    open.add(target);
                } else {
                    full.increment();
                    log.say(Dropped.GROUP_FULL, message.device(), target.group);
                }
            }
            return open;
        }

        private Optional<Target> target(String group) {
            return targets.computeIfAbsent(group, id -> Optional.ofNullable(server.locateQueue(Queues.of(id)))
                    .map(queue -> new Target(id, queue, groupMaximum - queue.getMessageCount())));
        }

        private RoutingContext context(List<Target> targets) {
            RoutingContext context = new RoutingContextImpl(transaction);
            targets.forEach(target -> context.addQueue(target.queue.getAddress(), target.queue));
            return context;
        }

        private AMQPStandardMessage encoded(UpstreamMessage message, SimpleString address) {
            AMQPStandardMessage encoded = new AMQPStandardMessage(AMQP_MESSAGE_FORMAT, format.encode(message), null);
            encoded.setMessageID(server.getStorageManager().generateID());
            encoded.setAddress(address);
            encoded.setExpiration(expiration); // the engine's alone: the encoded bytes do not change
            return encoded;
        }
    }
}
