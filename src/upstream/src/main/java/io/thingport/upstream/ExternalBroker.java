package io.thingport.upstream;

import io.thingport.platform.config.Settings;
import io.thingport.platform.secrets.Secret;
import io.thingport.platform.upstream.UpstreamException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSession.QueueQuery;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;

/**
 * A connection to an Artemis broker elsewhere, over which one session writes and one looks after queues. When it breaks it
 * stays broken: the keeper makes another.
 */
final class ExternalBroker {

    private static final int ANSWER_WITHIN_MILLIS = 10_000;
    private static final int SILENT_AFTER_MILLIS = 10_000;
    private static final int PING_MILLIS = 5_000;
    /** No message is sent in pieces: the broker would not recognize what is inside. */
    private static final int PIECES_FROM_BYTES = 4 * 1024 * 1024;

    private final ServerLocator locator;
    private final ClientSession writing;
    private final ClientSession managing;
    private final Set<SimpleString> queues = ConcurrentHashMap.newKeySet(); // those that are known to be there

    private ExternalBroker(ServerLocator locator, ClientSession writing, ClientSession managing) {
        this.locator = locator;
        this.writing = writing;
        this.managing = managing;
    }

    /** Connects; blocks until that is done or has failed. */
    static ExternalBroker connect(Settings.ExternalEngine settings) throws UpstreamException {
        ServerLocator locator = null;
        try {
            locator = ActiveMQClient.createServerLocator(settings.url())
                    .setUseGlobalPools(false)
                    .setReconnectAttempts(0)
                    .setInitialConnectAttempts(1)
                    .setCallTimeout(ANSWER_WITHIN_MILLIS)
                    .setConnectionTTL(SILENT_AFTER_MILLIS)
                    .setClientFailureCheckPeriod(PING_MILLIS)
                    .setMinLargeMessageSize(PIECES_FROM_BYTES)
                    .setBlockOnDurableSend(false);
            ClientSessionFactory factory = locator.createSessionFactory();
            String user = settings.user().orElse(null);
            String password = settings.password().map(Secret::reveal).orElse(null);
            return new ExternalBroker(locator, factory.createSession(user, password, false, false, true, false, 0),
                    factory.createSession(user, password, false, true, true, false, 0));
        } catch (Exception e) { // all that the client throws
            if (locator != null) {
                locator.close();
            }
            throw new UpstreamException("the message engine at " + settings.url().replaceFirst("\\?.*", "") + " does not let us in: "
                    + e.getMessage(), e);
        }
    }

    /** The session of the sink, transacted. For one thread at a time. */
    ClientSession writing() {
        return writing;
    }

    boolean running() {
        return !writing.isClosed() && !managing.isClosed();
    }

    void close() {
        locator.close();
    }

    /** Whether the queue is there; from any thread. */
    boolean has(SimpleString queue) throws ActiveMQException {
        return queues.contains(queue) || look(queue).isExists();
    }

    /** What the broker knows of a queue; from any thread. */
    synchronized QueueQuery look(SimpleString queue) throws ActiveMQException {
        QueueQuery found = managing.queueQuery(queue);
        if (found.isExists()) {
            queues.add(queue);
        }
        return found;
    }

    synchronized void make(SimpleString queue) throws ActiveMQException {
        if (!managing.addressQuery(queue).isExists()) {
            managing.createAddress(queue, RoutingType.ANYCAST, false);
        }
        managing.createQueue(QueueConfiguration.of(queue).setAddress(queue).setRoutingType(RoutingType.ANYCAST)
                .setDurable(true));
        queues.add(queue);
    }

    /** Forgets a queue, which stays at the broker. */
    void forget(SimpleString queue) {
        queues.remove(queue);
    }
}
