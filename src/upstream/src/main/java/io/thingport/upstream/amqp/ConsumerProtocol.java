package io.thingport.upstream.amqp;

import java.util.List;
import java.util.concurrent.Executor;
import org.apache.activemq.artemis.api.core.BaseInterceptor;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.protocol.amqp.broker.ActiveMQProtonRemotingConnection;
import org.apache.activemq.artemis.protocol.amqp.broker.ProtonProtocolManager;
import org.apache.activemq.artemis.spi.core.protocol.ConnectionEntry;
import org.apache.activemq.artemis.spi.core.remoting.Acceptor;
import org.apache.activemq.artemis.spi.core.remoting.Connection;

/** One acceptor's AMQP 1.0: PLAIN alone, and connections that keep the rules for consumers. */
final class ConsumerProtocol extends ProtonProtocolManager {

    /** Of an entry that the engine never closes for silence; the connection does that itself. */
    private static final long NO_TTL = -1;

    private final ConsumerDoor door;
    private final ActiveMQServer server;

    ConsumerProtocol(ConsumerProtocolFactory factory, ConsumerDoor door, ActiveMQServer server,
            List<BaseInterceptor> incoming, List<BaseInterceptor> outgoing) {
        super(factory, server, incoming, outgoing);
        this.door = door;
        this.server = server;
        setSaslMechanisms(new String[] {SignedPlain.NAME});
        door.tickOn(server.getScheduledPool());
    }

    @Override
    public ConnectionEntry createConnectionEntry(Acceptor acceptor, Connection transport) {
        Executor executor = server.getExecutorFactory().getExecutor();
        ConsumerConnection.Callback callback = new ConsumerConnection.Callback(this, door, transport, executor, server);
        ConsumerConnection connection = new ConsumerConnection(this, callback, door, server);
        ActiveMQProtonRemotingConnection remoting =
                new ActiveMQProtonRemotingConnection(this, connection, transport, executor);
        remoting.addFailureListener(callback);
        remoting.addCloseListener(callback);
        callback.setProtonConnectionDelegate(remoting);
        door.opened(connection, connection);
        return new ConnectionEntry(remoting, executor, System.currentTimeMillis(), NO_TTL);
    }
}
