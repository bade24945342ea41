package io.thingport.bench;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.qpid.jms.JmsConnectionFactory;

/**
 * Measures the way from devices to a consumer: devices publish at QoS 1 to a product with a consumer group, and a consumer
 * takes the messages over AMQP. Beside it, in turns, a producer sends as many durable messages of the same size to Artemis
 * alone, with as many under way, and the same consumer takes them.
 */
public final class UpstreamBench {

    private static final String QUEUE = "thingport.group.bench";
    private static final int CONFIRMATION_WINDOW = 1 << 20;

    private final int seconds;
    private final int devices;
    private final int window;
    private final byte[] payload;

    private UpstreamBench(Options options) {
        seconds = options.number("seconds", 8);
        devices = options.number("devices", 100);
        window = options.number("window", 16);
        payload = new byte[options.number("payload", 64)];
    }

    /**
     * What a run has shown.
     *
     * @param rate   messages a second, from the first that was sent to the last that was taken
     * @param micros CPU time of the server or the broker a message
     */
    private record Result(double rate, double micros) {
        @Override
        public String toString() {
            return "%.0f messages/s, %.1f µs a message".formatted(rate, micros);
        }
    }

    /** {@code [--seconds N] [--rounds N] [--devices N] [--window N] [--payload N] [--liberty DIR] [--directory DIR]} */
    public static void main(String[] words) throws Exception {
        Options options = new Options(words, Set.of("seconds", "rounds", "devices", "window", "payload", "liberty", "directory"));
        new UpstreamBench(options).run(options.number("rounds", 5), options.path("liberty", "src/ear/target/liberty/wlp"),
                options.path("directory", "src/bench/target/upstream"));
    }

    private void run(int rounds, Path liberty, Path directory) throws Exception {
        try (Trial trial = new Trial(liberty, directory, "h2", Map.of("jvm.args", ""));
                BareBroker bare = new BareBroker(directory.resolve("bare"));
                ServerLocator locator = ActiveMQClient.createServerLocator("tcp://127.0.0.1:" + bare.port())
                        .setInitialConnectAttempts(-1).setRetryInterval(100).setBlockOnDurableSend(false)
                        .setConfirmationWindowSize(CONFIRMATION_WINDOW)) {
            trial.server().launch();
            trial.awaitReady();
            ClientSession session = locator.createSessionFactory().createSession(true, true);
            session.createAddress(SimpleString.of(QUEUE), RoutingType.ANYCAST, false);
            session.createQueue(QueueConfiguration.of(QUEUE).setRoutingType(RoutingType.ANYCAST));
            Fleet fleet = Fleet.register(trial.rest(), devices);
            trial.rest().tellData(fleet.devices().get(0).productKey(), List.of("DEFAULT_GROUP"));
            List<Publisher> publishers = connect(trial, fleet);
            ConsumerLogin login = ConsumerLogin.of("bench", trial.server().firstAccessKey(), "DEFAULT_GROUP");
            AtomicLong taken = new AtomicLong();
            AtomicLong takenBare = new AtomicLong();
            try (Connection consumer = consume(trial.server().amqpPort(), login.userName(), login.password(), "default", taken);
                    Connection bareConsumer = consume(bare.port(), "bench", "bench", QUEUE, takenBare)) {
                List<Result> product = new ArrayList<>();
                List<Result> alone = new ArrayList<>();
                for (int round = 0; round <= rounds; round++) {
                    Result a = measure(taken, trial.server()::cpu, () -> publish(trial, publishers));
                    Result b = measure(takenBare, bare::cpu, () -> send(session));
                    System.out.printf("%s: through the server %s; Artemis alone %s%n",
                            round == 0 ? "warm-up" : "round " + round, a, b);
                    if (round > 0) {
                        product.add(a);
                        alone.add(b);
                    }
                }
                Result a = median(product);
                Result b = median(alone);
                System.out.printf("medians: through the server %s; Artemis alone %s; ratio %.2f in messages, %.2f in CPU%n", a, b,
                        a.rate() / b.rate(), a.micros() / b.micros());
            }
        }
    }

    private static Result median(List<Result> results) {
        return new Result(results.stream().mapToDouble(Result::rate).sorted().toArray()[results.size() / 2],
                results.stream().mapToDouble(Result::micros).sorted().toArray()[results.size() / 2]);
    }

    private static Result measure(AtomicLong taken, Supplier<Duration> cpu, Supplier<Long> load) {
        long before = taken.get();
        Duration cpuBefore = cpu.get();
        long begin = System.nanoTime();
        long sent = load.get();
        Trial.await("all is taken", Duration.ofMinutes(2), () -> taken.get() - before >= sent);
        double took = (System.nanoTime() - begin) / 1e9;
        return new Result(sent / took, cpu.get().minus(cpuBefore).toNanos() / 1e3 / sent);
    }

    private static Connection consume(int port, String user, String password, String queue, AtomicLong taken)
            throws JMSException {
        Connection connection = new JmsConnectionFactory(user, password,
                "amqp://127.0.0.1:" + port + "?amqp.idleTimeout=80000").createConnection();
        Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
        session.createConsumer(session.createQueue(queue)).setMessageListener(message -> taken.incrementAndGet());
        connection.start();
        return connection;
    }

    private List<Publisher> connect(Trial trial, Fleet fleet) {
        List<Publisher> all = new ArrayList<>();
        fleet.devices().forEach(device -> all.add(new Publisher(device.topic("user/echo"), window, payload)));
        trial.onLoop(() -> {
            for (int i = 0; i < all.size(); i++) {
                MqttLink.open(trial.loop(), trial.server().mqttPort(), fleet.devices().get(i).login(), true, true, all.get(i));
            }
            return true;
        });
        Trial.await("devices are connected", Duration.ofMinutes(1), () ->
                trial.onLoop(() -> all.stream().allMatch(Publisher::connected)));
        return all;
    }

    /** All devices publish for some seconds; how many messages were acknowledged to them. */
    private long publish(Trial trial, List<Publisher> publishers) {
        long before = trial.onLoop(() -> publishers.stream().mapToLong(Publisher::acknowledged).sum());
        trial.onLoop(() -> {
            publishers.forEach(Publisher::start);
            return true;
        });
        Trial.pause(seconds * 1000L);
        trial.onLoop(() -> {
            publishers.forEach(Publisher::stop);
            return true;
        });
        Trial.await("all is acknowledged", Duration.ofMinutes(1), () ->
                trial.onLoop(() -> publishers.stream().allMatch(Publisher::idle)));
        return trial.onLoop(() -> publishers.stream().mapToLong(Publisher::acknowledged).sum()) - before;
    }

    /** Sends durable messages for some seconds, with as many under way as the devices have together; how many. */
    private long send(ClientSession session) {
        Semaphore free = new Semaphore(devices * window);
        long sent = 0;
        try (ClientProducer producer = session.createProducer(QUEUE)) {
            long end = System.nanoTime() + seconds * 1_000_000_000L;
            while (System.nanoTime() < end) {
                free.acquireUninterruptibly();
                ClientMessage message = session.createMessage(true);
                message.putStringProperty("topic", "/a1AbCdEfGhI/dev-0/user/echo");
                message.putStringProperty("messageId", Long.toString(1_000_000_000_000_000_000L + sent));
                message.putLongProperty("generateTime", System.currentTimeMillis());
                message.putIntProperty("qos", 1);
                message.getBodyBuffer().writeBytes(payload);
                producer.send(message, confirmed -> free.release());
                sent++;
            }
            free.acquireUninterruptibly(devices * window);
            return sent;
        } catch (ActiveMQException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A device that publishes with so many messages under way. On its event loop's thread. */
    private static final class Publisher implements LinkEvents {
        private final String topic;
        private final byte[] payload;
        private final int[] free;
        private int freeCount;
        private MqttLink link;
        private boolean running;
        private long acknowledged;

        Publisher(String topic, int window, byte[] payload) {
            this.topic = topic;
            this.payload = payload;
            this.free = new int[window];
            for (int i = 0; i < window; i++) {
                free[freeCount++] = i + 1;
            }
        }

        boolean connected() {
            return link != null;
        }

        boolean idle() {
            return freeCount == free.length;
        }

        long acknowledged() {
            return acknowledged;
        }

        void start() {
            running = true;
            while (freeCount > 0) {
                link.publish(free[--freeCount], false, topic, payload);
            }
        }

        void stop() {
            running = false;
        }

        @Override
        public void accepted(MqttLink from, boolean sessionPresent) {
            link = from;
        }

        @Override
        public void acknowledged(MqttLink from, int packetId, int reason) {
            if (reason >= 0x80) {
                throw new IllegalStateException("refused with " + reason);
            }
            acknowledged++;
            if (running) {
                from.publish(packetId, false, topic, payload);
            } else {
                free[freeCount++] = packetId;
            }
        }

        @Override
        public void refused(MqttLink from, int code) {
            throw new IllegalStateException("refused with " + code);
        }

        @Override
        public void subscribed(MqttLink from, boolean granted) {
            // it does not subscribe
        }

        @Override
        public void received(MqttLink from, int packetId, boolean dup, byte[] received) {
            from.acknowledge(packetId);
        }

        @Override
        public void closed(MqttLink from) {
            link = null;
        }
    }
}
