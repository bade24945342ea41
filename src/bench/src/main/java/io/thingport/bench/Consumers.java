package io.thingport.bench;

import io.netty.channel.EventLoop;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Consumers of groups, each a process of its own, whose messages go into a ledger. For the ledger's event loop's thread, except
 * where a method says otherwise.
 */
final class Consumers implements AutoCloseable {

    private final EventLoop loop;
    private final ServerProcess server;
    private final int port;
    private final GroupLedger ledger;
    private final Findings findings;
    private final List<Consumer> consumers = new ArrayList<>();
    private boolean closed;

    /** @param port where they are awaited, on loopback */
    Consumers(EventLoop loop, ServerProcess server, int port, GroupLedger ledger, Findings findings) {
        this.loop = loop;
        this.server = server;
        this.port = port;
        this.ledger = ledger;
        this.findings = findings;
        Runtime.getRuntime().addShutdownHook(new Thread(this::killAll)); // a run that is broken off leaves no process
    }

    /** One consumer more for a group. */
    void add(String group) {
        Consumer consumer = new Consumer(group, "consumer-" + consumers.size());
        synchronized (consumers) {
            consumers.add(consumer);
        }
        consumer.launch();
    }

    /** Kills one (SIGKILL), which is started again at once. */
    void killOne(RandomGenerator random) {
        if (!consumers.isEmpty()) {
            consumers.get(random.nextInt(consumers.size())).process.destroyForcibly();
        }
    }

    /** Kills all. From any thread. */
    @Override
    public void close() {
        loop.submit(() -> closed = true).syncUninterruptibly();
        killAll();
    }

    private void killAll() {
        synchronized (consumers) {
            consumers.forEach(consumer -> consumer.process.destroyForcibly());
        }
    }

    /** A consumer; its process may be killed and started again. */
    private final class Consumer {

        private final String group;
        private final String clientId;
        private final Map<String, Integer> highest = new HashMap<>(); // of the present connection, by device
        private volatile Process process; // killed from any thread

        private Consumer(String group, String clientId) {
            this.group = group;
            this.clientId = clientId;
        }

        private void launch() {
            findings.consumersStarted++;
            ConsumerLogin login = ConsumerLogin.of(clientId, server.firstAccessKey(), group);
            try {
                process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx64m",
                        "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), ConsumerProgram.class.getName(),
                        "amqp://127.0.0.1:" + port + "?amqp.idleTimeout=80000", login.userName(), login.password(),
                        "thingport.group." + group)
                        .redirectError(server.output().resolve(clientId + ".log").toFile()).start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Thread reader = new Thread(() -> read(process), clientId);
            reader.setDaemon(true);
            reader.start();
        }

        /** What a killed process has written before its end is read as well; it writes a line whole or not at all. */
        private void read(Process from) {
            try (BufferedReader lines = new BufferedReader(
                    new InputStreamReader(from.getInputStream(), StandardCharsets.ISO_8859_1))) {
                lines.lines().forEach(line -> loop.execute(() -> written(line)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            loop.execute(this::ended);
        }

        private void written(String line) {
            if (line.isEmpty()) {
                highest.clear();
            } else {
                ledger.received(group, ConsumedMessage.of(line),
                        consumers.stream().filter(other -> other.group.equals(group)).count() == 1, highest);
            }
        }

        private void ended() {
            if (!closed) {
                launch();
            }
        }
    }
}
