package io.thingport.bench;

import io.thingport.platform.config.Settings;
import io.thingport.upstream.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.protocol.amqp.broker.ProtonProtocolManagerFactory;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager;

/** Artemis alone in a process of its own, with the journal settings of the server's and open to everybody. */
public final class BareBroker implements AutoCloseable {

    private final int port = ServerProcess.freePort();
    private final Process process;

    BareBroker(Path folder) {
        try {
            Files.createDirectories(folder);
            process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xms256m", "-Xmx1g",
                    "-XX:MaxDirectMemorySize=512m", "-cp", System.getProperty("java.class.path"), BareBroker.class.getName(),
                    Integer.toString(port), folder.toString()).redirectErrorStream(true)
                    .redirectOutput(folder.resolve("console.log").toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** {@code PORT FOLDER} */
    public static void main(String[] words) throws Exception {
        AuditLog.turnOff();
        new EmbeddedBroker(Path.of(words[1]).resolve("data"), new Settings.Amqp("127.0.0.1", Integer.parseInt(words[0])),
                new Everybody(), List.of(new ProtonProtocolManagerFactory()), new NettyAcceptorFactory())
                .start();
    }

    int port() {
        return port;
    }

    /** The CPU time it has used. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private static final class Everybody implements ActiveMQSecurityManager {
        @Override
        public boolean validateUser(String user, String password) {
            return true;
        }

        @Override
        public boolean validateUserAndRole(String user, String password, Set<Role> roles, CheckType checkType) {
            return true;
        }
    }
}
