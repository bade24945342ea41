package io.thingport.upstream.amqp;

import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.BaseInterceptor;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.protocol.amqp.broker.ProtonProtocolManagerFactory;
import org.apache.activemq.artemis.spi.core.protocol.ProtocolManager;
import org.apache.activemq.artemis.utils.uri.BeanSupport;

/** Makes the engine speak AMQP 1.0 with consumers as {@link ConsumerProtocol} has it. */
final class ConsumerProtocolFactory extends ProtonProtocolManagerFactory {

    private final ConsumerDoor door;

    ConsumerProtocolFactory(ConsumerDoor door) {
        this.door = door;
    }

    @Override
    @SuppressWarnings("rawtypes") // as inherited
    public ProtocolManager createProtocolManager(ActiveMQServer server, Map<String, Object> parameters,
            List<BaseInterceptor> incoming, List<BaseInterceptor> outgoing) throws Exception {
        BeanSupport.stripPasswords(parameters);
        return BeanSupport.setData(new ConsumerProtocol(this, door, server, incoming, outgoing), parameters);
    }
}
