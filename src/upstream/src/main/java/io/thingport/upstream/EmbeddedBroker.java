package io.thingport.upstream;

import io.thingport.platform.config.Settings;
import io.thingport.platform.secrets.OwnerOnlyFile;
import io.thingport.platform.upstream.UpstreamException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.protocol.ProtocolManagerFactory;
import org.apache.activemq.artemis.spi.core.remoting.AcceptorFactory;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager;

/**
 * The engine inside this process, with its journal in a folder. What it holds beyond {@link #MEMORY_MAXIMUM} it pages to
 * disk. It is started and stopped once, by one thread; the other methods are for any.
 */
public final class EmbeddedBroker {

    /** What all queues may hold in memory, in bytes. */
    static final long MEMORY_MAXIMUM = 64L * 1024 * 1024;

    /** The engine takes no messages while less than this is free on its disk, in bytes. */
    static final long DISK_FREE_MINIMUM = 256L * 1024 * 1024;

    /** What a consumer gives back, or does not answer, comes again after this. */
    static final long RETRY_MILLIS = 60_000;

    private static final int CONNECTIONS_MAXIMUM = 5_000;
    private static final int PAGE_BYTES = 4 * 1024 * 1024;
    /** More than any message: what does not fit cannot be written. */
    private static final int JOURNAL_BUFFER_BYTES = 2 * 1024 * 1024;
    private static final int JOURNAL_FILES_MINIMUM = 2;
    private static final int JOURNAL_FILES_KEPT = 8;
    private static final int THREADS = 8;
    private static final int TIMER_THREADS = 2;

    private final Path folder;
    private final ActiveMQServer server;

    /**
     * @param folder    its journal's; made if it is not there
     * @param settings  where consumers are awaited
     * @param consumers says who may do what
     * @param protocols how consumers speak; the engine's own protocol is there in any case
     * @param ports     makes the ports at which they are awaited
     */
    public EmbeddedBroker(Path folder, Settings.Amqp settings, ActiveMQSecurityManager consumers,
            List<ProtocolManagerFactory> protocols, AcceptorFactory ports) {
        this.folder = folder;
        Configuration configuration = configuration(folder);
        if (settings.port() != Settings.Amqp.NONE) {
            configuration.addAcceptorConfiguration(acceptor("amqp", settings.host(), settings.port(), Map.of()));
        }
        settings.tls().ifPresent(tls -> configuration.addAcceptorConfiguration(
                acceptor("amqp-tls", tls.host(), tls.port(), parameters(tls))));
        server = new ActiveMQServerImpl(configuration, consumers);
        protocols.forEach(server::addProtocolManagerFactory);
        configuration.getAcceptorConfigurations()
                .forEach(acceptor -> server.getServiceRegistry().addAcceptorFactory(acceptor.getName(), ports));
    }

    /**
     * Starts, and returns when what the journal holds has been read.
     *
     * @throws UpstreamException when it cannot; it has been stopped again then
     */
    public void start() throws UpstreamException {
        try {
            OwnerOnlyFile.makeFolder(folder);
            server.start();
        } catch (Exception e) { // all that its start throws
            stop();
            throw new UpstreamException("the message engine does not start: " + e.getMessage(), e);
        }
        if (!running()) {
            stop();
            throw new UpstreamException("the message engine does not start; the log says why");
        }
    }

    /** Stops. Consumers' connections are closed. */
    public void stop() {
        try {
            server.stop();
        } catch (Exception e) { // all that its stop throws
            throw new IllegalStateException("the message engine does not stop", e);
        }
    }

    /** Whether it has started and neither stopped nor failed. */
    public boolean running() {
        return server.isActive();
    }

    /** The engine itself. */
    ActiveMQServer server() {
        return server;
    }

    private static Configuration configuration(Path folder) {
        Configuration configuration = new ConfigurationImpl()
                .setName("thingport")
                .setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO) // as fast as the native one at one sync a batch, and no library to load
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setJournalMinFiles(JOURNAL_FILES_MINIMUM)
                .setJournalPoolFiles(JOURNAL_FILES_KEPT)
                .setJournalBufferSize_NIO(JOURNAL_BUFFER_BYTES)
                .setThreadPoolMaxSize(THREADS)
                .setScheduledThreadPoolMaxSize(TIMER_THREADS)
                .setGlobalMaxSize(MEMORY_MAXIMUM)
                .setMinDiskFree(DISK_FREE_MINIMUM)
                .setSecurityEnabled(true)
                .setAuthenticationCacheSize(0) // every connection is to be seen and counted; who asks for keys remembers
                .setJMXManagementEnabled(false)
                .setMessageCounterEnabled(false)
                .setCriticalAnalyzer(false) // it would halt the whole server
                .setResolveProtocols(false);
        configuration.addAddressSetting("#", new AddressSettings()
                .setAutoCreateAddresses(false)
                .setAutoCreateQueues(false)
                .setAutoDeleteAddresses(false)
                .setAutoDeleteQueues(false)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                .setPageSizeBytes(PAGE_BYTES)
                .setRedeliveryDelay(RETRY_MILLIS)
                .setMaxDeliveryAttempts(-1)); // as long as its retention
        configuration.putSecurityRoles("#", Set.of());
        return configuration;
    }

    private static TransportConfiguration acceptor(String name, String host, int port, Map<String, Object> tls) {
        Map<String, Object> parameters = new HashMap<>(tls);
        parameters.put(TransportConstants.HOST_PROP_NAME, host);
        parameters.put(TransportConstants.PORT_PROP_NAME, port);
        parameters.put(TransportConstants.PROTOCOLS_PROP_NAME, "AMQP,CORE");
        parameters.put(TransportConstants.CONNECTIONS_ALLOWED, CONNECTIONS_MAXIMUM);
        return new TransportConfiguration(NettyAcceptorFactory.class.getName(), parameters, name);
    }

    private static Map<String, Object> parameters(Settings.AmqpTls tls) {
        return Map.of(
                TransportConstants.SSL_ENABLED_PROP_NAME, true,
                TransportConstants.KEYSTORE_TYPE_PROP_NAME, "PKCS12",
                TransportConstants.KEYSTORE_PATH_PROP_NAME, tls.keyStore().toAbsolutePath().toString(),
                TransportConstants.KEYSTORE_PASSWORD_PROP_NAME, tls.password().reveal(),
                TransportConstants.ENABLED_PROTOCOLS_PROP_NAME, "TLSv1.2,TLSv1.3");
    }
}
