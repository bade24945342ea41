package io.thingport.upstream.amqp;

import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.BaseInterceptor;
import org.apache.activemq.artemis.core.protocol.core.impl.CoreProtocolManagerFactory;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.spi.core.protocol.ProtocolManager;
import org.apache.activemq.artemis.utils.uri.BeanSupport;

/** Makes the engine speak its own protocol, that of Jakarta Messaging, with consumers as {@link MessagingProtocol} has it. */
final class MessagingProtocolFactory extends CoreProtocolManagerFactory {

    MessagingProtocolFactory() {
    }

    @Override
    @SuppressWarnings("rawtypes") // as inherited
    public ProtocolManager createProtocolManager(ActiveMQServer server, Map<String, Object> parameters,
            List<BaseInterceptor> incoming, List<BaseInterceptor> outgoing) throws Exception {
        BeanSupport.stripPasswords(parameters);
        return BeanSupport.setData(new MessagingProtocol(this, server, filterInterceptors(incoming),
                filterInterceptors(outgoing)), parameters);
    }
}
