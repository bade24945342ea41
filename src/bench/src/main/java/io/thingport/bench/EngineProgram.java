package io.thingport.bench;

import java.nio.file.Path;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** An Artemis broker as somebody else may run it, who lets everybody in. */
public final class EngineProgram {

    private EngineProgram() {
    }

    /** {@code PORT FOLDER QUEUE…}: where to listen on loopback, where the journal lies, and the queues there are. */
    public static void main(String[] words) throws Exception {
        AuditLog.turnOff();
        Path folder = Path.of(words[1]);
        Configuration configuration = new ConfigurationImpl()
                .setJournalType(JournalType.NIO)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setSecurityEnabled(false)
                .setMaxDiskUsage(-1) // of a disk that others fill
                .setJMXManagementEnabled(false)
                .addAcceptorConfiguration("all", "tcp://127.0.0.1:" + words[0] + "?protocols=AMQP,CORE");
        configuration.addAddressSetting("#", new AddressSettings().setMaxDeliveryAttempts(-1));
        for (int i = 2; i < words.length; i++) {
            configuration.addQueueConfiguration(QueueConfiguration.of(words[i]).setRoutingType(RoutingType.ANYCAST));
        }
        new EmbeddedActiveMQ().setConfiguration(configuration).start();
    }
}
