package io.thingport.bench;

import io.netty.channel.EventLoop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Drops the connections of many devices with persistent sessions at once and lets all of them come back at once. Health has
 * to answer throughout, all have to be back soon, and the database must not be asked for each one. In every other storm a
 * consumer group is told of all of it, and must have been told each coming and going.
 */
public final class StormTest {

    private static final Duration BACK_WITHIN = Duration.ofSeconds(60);
    private static final long HEALTH_WITHIN_MILLIS = 1000;
    private static final double STATEMENTS_PER_CONNECT = 0.01;
    private static final String GROUP = "DEFAULT_GROUP";
    private static final int AT_A_TIME = 200; // while they come for the first time

    private StormTest() {
    }

    /** {@code [--devices N] [--database h2|postgresql] [--storms N] [--status yes|no] [--liberty DIR] [--directory DIR]} */
    public static void main(String[] words) {
        Options options = new Options(words, Set.of("devices", "database", "storms", "status", "liberty", "directory"));
        boolean clean = run(options.number("devices", 10_000), options.text("database", "postgresql"),
                options.number("storms", 3), options.text("status", "no").equals("yes"),
                options.path("liberty", "src/ear/target/liberty/wlp"),
                options.path("directory", "src/bench/target/storm"));
        System.exit(clean ? 0 : 1);
    }

    /**
     * Runs the trial to its end and prints what it finds.
     *
     * @param storms    how many, one after the other
     * @param status    whether a consumer group is told in every other one
     * @param liberty   Liberty with the packaged server
     * @param directory where everything is written; emptied first
     * @return whether everything was as it has to be
     */
    public static boolean run(int devices, String database, int storms, boolean status, Path liberty, Path directory) {
        try (Trial trial = new Trial(liberty, directory, database, Map.of("thingport.registry.cache-maximum",
                Integer.toString(2 * devices)))) {
            trial.server().launch();
            trial.awaitReady();
            System.out.println("registering " + devices + " devices");
            Fleet fleet = Fleet.register(trial.rest(), devices);
            List<StormDevice> all = new ArrayList<>();
            fleet.devices().forEach(device -> all.add(new StormDevice(trial.loop(), trial.server().mqttPort(), device)));
            for (int from = 0; from < devices; from += AT_A_TIME) {
                List<StormDevice> some = all.subList(from, Math.min(devices, from + AT_A_TIME));
                trial.onLoop(() -> {
                    some.forEach(StormDevice::connect);
                    return true;
                });
                Trial.await("devices have connected", Duration.ofMinutes(2), () -> live(trial, some) == some.size());
            }
            System.out.println("all are connected");
            boolean clean = true;
            for (int i = 1; i <= storms; i++) {
                boolean told = status && i % 2 == 0;
                tell(trial, all, told);
                clean &= storm(trial, all, database.equals("postgresql"));
                clean &= !told || wereTold(trial, all);
            }
            return clean;
        }
    }

    private static void tell(Trial trial, List<StormDevice> all, boolean told) {
        String product = all.get(0).device.productKey();
        if (told) {
            trial.rest().tellStatus(product, GROUP);
        } else {
            trial.rest().tellNobody(product);
        }
        System.out.println(told ? "a consumer group is told:" : "nobody is told:");
    }

    private static boolean wereTold(Trial trial, List<StormDevice> all) {
        int messages = trial.rest().clear(GROUP);
        System.out.printf("%d messages for the consumer group%n", messages);
        return messages == 2 * all.size();
    }

    private static boolean storm(Trial trial, List<StormDevice> all, boolean countStatements) {
        Trial.pause(3000); // what the last one left to be written
        long statements = 0;
        if (countStatements) {
            trial.postgres().logStatements(true);
            Trial.pause(500);
            statements = trial.postgres().loggedStatements("thingport");
        }
        long missing = trial.onLoop(() -> all.stream().mapToLong(StormDevice::sessionsMissing).sum());
        try (HealthWatch live = new HealthWatch(trial.server(), "live");
                HealthWatch ready = new HealthWatch(trial.server(), "ready")) {
            Trial.pause(1000);
            live.reset();
            ready.reset();
            long begin = System.nanoTime();
            trial.onLoop(() -> {
                all.forEach(StormDevice::drop);
                return true;
            });
            Trial.await("all are back", Duration.ofMinutes(5), () -> live(trial, all) == all.size());
            double seconds = (System.nanoTime() - begin) / 1e9;
            Trial.pause(2000);
            long lost = trial.onLoop(() -> all.stream().mapToLong(StormDevice::sessionsMissing).sum()) - missing;
            System.out.printf("%d devices back after %.1f s; longest answers: live %d ms (%d failed), ready %d ms (%d failed); "
                            + "sessions missing %d%n", all.size(), seconds, live.longestMillis(), live.failures(),
                    ready.longestMillis(), ready.failures(), lost);
            boolean clean = seconds <= BACK_WITHIN.toSeconds() && live.failures() == 0 && lost == 0
                    && live.longestMillis() <= HEALTH_WITHIN_MILLIS && ready.longestMillis() <= HEALTH_WITHIN_MILLIS
                    && ready.failures() == 0;
            if (countStatements) {
                trial.postgres().logStatements(false);
                Trial.pause(500);
                double perConnect = (trial.postgres().loggedStatements("thingport") - statements) / (double) all.size();
                System.out.printf("%.4f statements a connect%n", perConnect);
                clean &= perConnect <= STATEMENTS_PER_CONNECT;
            }
            System.out.println(clean ? "as it has to be" : "VIOLATION");
            return clean;
        }
    }

    private static long live(Trial trial, List<StormDevice> devices) {
        return trial.onLoop(() -> devices.stream().filter(StormDevice::isLive).count());
    }

    /** A device that stays connected and does nothing. On its event loop's thread. */
    private static final class StormDevice implements LinkEvents {
        private final EventLoop loop;
        private final int port;
        private final Fleet.Device device;
        private MqttLink link;
        private boolean live;
        private boolean dropped;
        private boolean subscribed;
        private long sessionsMissing;

        StormDevice(EventLoop loop, int port, Fleet.Device device) {
            this.loop = loop;
            this.port = port;
            this.device = device;
        }

        void connect() {
            link = MqttLink.open(loop, port, device.login(), true, false, this);
        }

        void drop() {
            live = false;
            dropped = true;
            link.drop();
        }

        boolean isLive() {
            return live;
        }

        long sessionsMissing() {
            return sessionsMissing;
        }

        @Override
        public void accepted(MqttLink from, boolean sessionPresent) {
            if (subscribed && !sessionPresent) {
                sessionsMissing++;
            }
            if (subscribed) {
                live = true;
            } else {
                from.subscribe(1, List.of(device.topic("user/get")));
            }
        }

        @Override
        public void subscribed(MqttLink from, boolean granted) {
            subscribed = granted;
            live = true;
        }

        @Override
        public void refused(MqttLink from, int code) {
            // closed follows
        }

        @Override
        public void received(MqttLink from, int packetId, boolean dup, byte[] payload) {
            from.acknowledge(packetId);
        }

        @Override
        public void acknowledged(MqttLink from, int packetId, int reason) {
            // it publishes nothing
        }

        /** At once when it was dropped; as a device does, a little later, when it was refused or closed. */
        @Override
        public void closed(MqttLink from) {
            live = false;
            loop.schedule(this::connect, dropped ? 0 : 500 + ThreadLocalRandom.current().nextInt(1000),
                    TimeUnit.MILLISECONDS);
            dropped = false;
        }
    }
}
