package io.thingport.upstream;

import io.thingport.platform.upstream.ConsumerQueues;
import io.thingport.platform.upstream.UpstreamException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.ServerSession;

/** The queues of the engine in this process. From any thread that may block. */
final class EmbeddedQueues implements ConsumerQueues {

    private final ActiveMQServer server;
    private final EmbeddedSink sink;

    /** @param sink knows what it has dropped */
    EmbeddedQueues(EmbeddedBroker broker, EmbeddedSink sink) {
        this.server = broker.server();
        this.sink = sink;
    }

    @Override
    public synchronized void keep(Set<String> groups) throws UpstreamException {
        try {
            for (String group : groups) {
                if (server.locateQueue(Queues.of(group)) == null) {
                    make(Queues.of(group));
                }
            }
            for (SimpleString queue : present()) {
                if (!groups.contains(Queues.group(queue))) {
                    remove(queue);
                }
            }
        } catch (Exception e) { // all that the engine throws
            throw new UpstreamException("the queues of the consumer groups cannot be kept: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Status> status(String group) {
        return queue(group).map(queue -> new Status(queue.getMessageCount(), consumers(queue)));
    }

    @Override
    public long clear(String group) throws UpstreamException {
        Optional<Queue> queue = queue(group);
        try {
            return queue.isPresent() ? queue.get().deleteAllReferences() : 0;
        } catch (Exception e) { // all that the engine throws
            throw new UpstreamException("the queue of consumer group " + group + " cannot be cleared: " + e.getMessage(), e);
        }
    }

    @Override
    public Totals totals() {
        long waiting = 0;
        long expired = 0;
        for (SimpleString name : present()) {
            Optional<Queue> queue = Optional.ofNullable(server.locateQueue(name));
            waiting += queue.map(Queue::getMessageCount).orElse(0L);
            expired += queue.map(Queue::getMessagesExpired).orElse(0L);
        }
        return new Totals(waiting, sink.full(), expired);
    }

    private Optional<Queue> queue(String group) {
        return Optional.ofNullable(server.locateQueue(Queues.of(group)));
    }

    private void make(SimpleString name) throws Exception {
        server.createQueue(QueueConfiguration.of(name).setAddress(name).setRoutingType(RoutingType.ANYCAST).setDurable(true)
                .setAutoCreateAddress(true), true);
    }

    private void remove(SimpleString name) throws Exception {
        Queue queue = server.locateQueue(name);
        if (queue == null) { // a kill came between its end and that of its address
            server.removeAddressInfo(name, null);
            return;
        }
        for (ServerSession session : sessions(queue)) {
            session.getRemotingConnection().disconnect(false);
        }
        server.destroyQueue(name, null, false, true, true);
    }

    private List<SimpleString> present() {
        return server.getPostOffice().getAddresses().stream().filter(Queues::isGroup).toList();
    }

    private List<ServerSession> sessions(Queue queue) {
        List<ServerSession> sessions = new ArrayList<>();
        for (ServerSession session : server.getSessions()) {
            if (session.getServerConsumers().stream().anyMatch(consumer -> consumer.getQueue() == queue)) {
                sessions.add(session);
            }
        }
        return sessions;
    }

    private List<Consumer> consumers(Queue queue) {
        return sessions(queue).stream().map(session -> new Consumer(clientId(session.getUsername()),
                session.getRemotingConnection().getRemoteAddress(),
                Instant.ofEpochMilli(session.getRemotingConnection().getCreationTime()))).toList();
    }

    /** What stands before the first bar of the user name. */
    private static String clientId(String user) {
        int bar = user.indexOf('|');
        return bar < 0 ? user : user.substring(0, bar);
    }
}
