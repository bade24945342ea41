package io.thingport.upstream.amqp;

import io.thingport.platform.access.SignMethod;
import io.thingport.platform.accesskey.Caller;
import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.upstream.ConsumerEvents;
import io.thingport.upstream.Queues;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.protocol.amqp.broker.AMQPStandardMessage;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.amqp.messaging.Header;
import org.apache.qpid.proton.codec.WritableBuffer;
import org.apache.qpid.proton.message.Message;

/** An engine in this process without a journal, that has the door for consumers and the key {@value #KEY}. */
final class TestEngine implements AutoCloseable {

    static final String KEY = "testid";
    static final String SECRET = "testsecret";
    static final String GROUP = "g1";

    private static final int BUFFER = 4096;

    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private volatile boolean keyDeleted; // read by the executor's thread
    private final ConsumerEvents events = new ConsumerEvents();
    private final ConsumerDoor door;
    private final ActiveMQServer server;

    /** @param redeliveryMillis after which a message that was given back comes again */
    TestEngine(ConsumerLimits limits, long redeliveryMillis) throws Exception {
        this(limits, redeliveryMillis, Map.of());
    }

    /** @param tls of its port */
    TestEngine(ConsumerLimits limits, long redeliveryMillis, Map<String, Object> tls) throws Exception {
        Map<String, Object> port = new HashMap<>(tls);
        port.put(TransportConstants.HOST_PROP_NAME, "localhost");
        port.put(TransportConstants.PORT_PROP_NAME, 0);
        port.put(TransportConstants.PROTOCOLS_PROP_NAME, "AMQP,CORE");
        door = new ConsumerDoor(this::check, executor, events, limits, System::nanoTime);
        Configuration configuration = new ConfigurationImpl().setPersistenceEnabled(false).setJournalType(JournalType.NIO)
                .setSecurityEnabled(true).setAuthenticationCacheSize(0)
                .setJMXManagementEnabled(false).setResolveProtocols(false)
                .addAcceptorConfiguration(new TransportConfiguration(NettyAcceptorFactory.class.getName(), port, "test"));
        configuration.addAddressSetting("#", new AddressSettings().setAutoCreateAddresses(false).setAutoCreateQueues(false)
                .setRedeliveryDelay(redeliveryMillis).setMaxDeliveryAttempts(-1));
        server = new ActiveMQServerImpl(configuration, door.security());
        door.protocols().forEach(server::addProtocolManagerFactory);
        server.getServiceRegistry().addAcceptorFactory("test", door.ports());
        server.start();
        makeQueue(GROUP);
    }

    ConsumerDoor door() {
        return door;
    }

    ConsumerEvents events() {
        return events;
    }

    int port() {
        return ((NettyAcceptor) server.getRemotingService().getAcceptor("test")).getActualPort();
    }

    /** How many connections the engine has, those that have not logged in included. */
    int connections() {
        return server.getRemotingService().getConnectionCount();
    }

    void makeQueue(String group) throws Exception {
        server.createQueue(QueueConfiguration.of(Queues.of(group)).setRoutingType(RoutingType.ANYCAST)
                .setAutoCreateAddress(true));
    }

    Queue queue(String group) {
        return server.locateQueue(Queues.of(group));
    }

    /** From now on the key is nobody's. */
    void deleteKey() {
        keyDeleted = true;
    }

    /** Puts a message with this text into a group's queue. */
    void send(String group, String text) throws Exception {
        Message message = Message.Factory.create();
        message.setHeader(new Header());
        message.setDurable(true);
        message.setMessageId(text);
        message.setBody(new Data(new Binary(text.getBytes(StandardCharsets.UTF_8))));
        byte[] bytes = new byte[BUFFER];
        int length = message.encode(WritableBuffer.ByteBufferWrapper.wrap(bytes));
        AMQPStandardMessage encoded = new AMQPStandardMessage(0, java.util.Arrays.copyOf(bytes, length), null);
        encoded.setMessageID(server.getStorageManager().generateID());
        encoded.setAddress(Queues.of(group));
        server.getPostOffice().route(encoded, false);
    }

    /** A user name for the key and a group. */
    static String user(String clientId, String group) {
        return clientId + "|authMode=aksign,signMethod=hmacsha1,timestamp=1573489088171,authId=" + KEY
                + ",iotInstanceId=,consumerGroupId=" + group + "|";
    }

    /** The password for every such user name. */
    static String password() {
        return sign(SignMethod.HMAC_SHA1, "authId=" + KEY + "&timestamp=1573489088171");
    }

    private static String sign(SignMethod method, String content) {
        return Base64.getEncoder().encodeToString(method.mac(SECRET.getBytes(StandardCharsets.UTF_8),
                content.getBytes(StandardCharsets.UTF_8)));
    }

    private Optional<Caller> check(String id, SignMethod method, String content, String signature) {
        return !keyDeleted && id.equals(KEY) && sign(method, content).equals(signature)
                ? Optional.of(new Caller(id, Set.of(Scope.CONSUME))) : Optional.empty();
    }

    @Override
    public void close() throws Exception {
        server.stop();
        executor.shutdownNow();
    }
}
