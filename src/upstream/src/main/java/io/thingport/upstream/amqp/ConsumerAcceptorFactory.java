package io.thingport.upstream.amqp;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.cluster.ClusterConnection;
import org.apache.activemq.artemis.core.server.metrics.MetricsManager;
import org.apache.activemq.artemis.spi.core.protocol.ProtocolManager;
import org.apache.activemq.artemis.spi.core.remoting.Acceptor;
import org.apache.activemq.artemis.spi.core.remoting.AcceptorFactory;
import org.apache.activemq.artemis.spi.core.remoting.BufferHandler;
import org.apache.activemq.artemis.spi.core.remoting.ServerConnectionLifeCycleListener;
import org.apache.activemq.artemis.utils.actors.OrderedExecutor;

/** Makes the ports of an engine such that strangers are bounded there: {@link ConsumerAcceptor}. */
public final class ConsumerAcceptorFactory implements AcceptorFactory {

    private final ConsumerDoor door;

    ConsumerAcceptorFactory(ConsumerDoor door) {
        this.door = door;
    }

    @Override
    @SuppressWarnings("rawtypes") // as inherited
    public Acceptor createAcceptor(String name, ClusterConnection cluster, Map<String, Object> parameters,
            BufferHandler handler, ServerConnectionLifeCycleListener listener, Executor threads,
            ScheduledExecutorService scheduler, Map<String, ProtocolManager> protocols, String threadGroup,
            MetricsManager metrics) {
        Map<String, Object> all = new HashMap<>(parameters);
        all.put(TransportConstants.HTTP_UPGRADE_ENABLED_PROP_NAME, true); // it opens no port itself
        all.put(TransportConstants.REMOTING_THREADS_PROPNAME, 1); // and has nothing to do for threads of its own
        all.put(TransportConstants.HANDSHAKE_TIMEOUT, 0); // the gate closes
        return new ConsumerAcceptor(door, name, cluster, all, handler, listener, scheduler, new OrderedExecutor(threads),
                protocols, threadGroup, metrics);
    }
}
