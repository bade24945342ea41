package io.thingport.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures Pub to absent devices with stored sessions, at QoS 1, which is stored, beside QoS 0, which is not: what remains
 * is the price of the store. In turns, on the same server.
 */
public final class PubBench {

    private static final int DEVICES = 1000;
    private static final int CALLS = 64;
    private static final String PAYLOAD = "x".repeat(64);

    private PubBench() {
    }

    /** {@code [--database h2|postgresql] [--seconds N] [--rounds N] [--liberty DIR] [--directory DIR]} */
    public static void main(String[] words) {
        Options options = new Options(words, Set.of("database", "seconds", "rounds", "liberty", "directory"));
        String database = options.text("database", "postgresql");
        int seconds = options.number("seconds", 8);
        Path directory = options.path("directory", "src/bench/target/pub");
        try (Trial trial = new Trial(options.path("liberty", "src/ear/target/liberty/wlp"), directory, database,
                Map.of("jvm.args", ""))) {
            trial.server().launch();
            trial.awaitReady();
            Fleet fleet = Fleet.register(trial.rest(), DEVICES);
            leaveSessions(trial, fleet);
            run(trial, database, fleet, 0, seconds);
            run(trial, database, fleet, 1, seconds);
            for (int round = 1; round <= options.number("rounds", 3); round++) {
                System.out.printf("round %d%n", round);
                System.out.println(run(trial, database, fleet, 0, seconds));
                System.out.println(run(trial, database, fleet, 1, seconds));
            }
        }
    }

    /** Every device connects, subscribes and goes. */
    private static void leaveSessions(Trial trial, Fleet fleet) {
        List<Visitor> all = new ArrayList<>();
        for (Fleet.Device device : fleet.devices()) {
            all.add(new Visitor(device));
        }
        for (int i = 0; i < all.size(); i += 100) {
            List<Visitor> some = all.subList(i, Math.min(all.size(), i + 100));
            trial.onLoop(() -> {
                some.forEach(visitor -> MqttLink.open(trial.loop(), trial.server().mqttPort(), visitor.device.login(), false,
                        false, visitor));
                return true;
            });
            Trial.await("devices have subscribed", Duration.ofMinutes(1), () ->
                    trial.onLoop(() -> some.stream().allMatch(visitor -> visitor.gone)));
        }
    }

    private static String run(Trial trial, String database, Fleet fleet, int qos, int seconds) {
        RestApi rest = trial.rest();
        Semaphore free = new Semaphore(CALLS);
        AtomicLong answered = new AtomicLong();
        AtomicLong refused = new AtomicLong();
        long begin = System.nanoTime();
        Duration server = trial.server().cpu();
        Duration store = database.equals("h2") ? Duration.ZERO : trial.postgres().cpu();
        long sent = 0;
        while (System.nanoTime() - begin < seconds * 1_000_000_000L) {
            free.acquireUninterruptibly();
            Fleet.Device device = fleet.devices().get((int) (sent++ % fleet.devices().size()));
            rest.pub(device.productKey(), device.name(), "user/get", qos, PAYLOAD).whenComplete((answer, failure) -> {
                (failure == null && answer.statusCode() == 200 ? answered : refused).incrementAndGet();
                free.release();
            });
        }
        free.acquireUninterruptibly(CALLS);
        double took = (System.nanoTime() - begin) / 1e9;
        double serverMicros = trial.server().cpu().minus(server).toNanos() / 1e3 / answered.get();
        double storeMicros = database.equals("h2") ? 0 : trial.postgres().cpu().minus(store).toNanos() / 1e3 / answered.get();
        return "%s, QoS %d: %.0f calls/s, server %.0f µs a call, database %.0f µs a call, refused %d".formatted(database, qos,
                answered.get() / took, serverMicros, storeMicros, refused.get());
    }

    /** A device that subscribes and goes. On its event loop's thread. */
    private static final class Visitor implements LinkEvents {
        private final Fleet.Device device;
        private boolean gone;

        Visitor(Fleet.Device device) {
            this.device = device;
        }

        @Override
        public void accepted(MqttLink from, boolean sessionPresent) {
            from.subscribe(1, List.of(device.topic("user/get")));
        }

        @Override
        public void subscribed(MqttLink from, boolean granted) {
            from.disconnect();
        }

        @Override
        public void refused(MqttLink from, int code) {
            throw new IllegalStateException(device.name() + " was refused with " + code);
        }

        @Override
        public void received(MqttLink from, int packetId, boolean dup, byte[] payload) {
            from.acknowledge(packetId);
        }

        @Override
        public void acknowledged(MqttLink from, int packetId, int reason) {
            // it publishes nothing
        }

        @Override
        public void closed(MqttLink from) {
            gone = true;
        }
    }
}
