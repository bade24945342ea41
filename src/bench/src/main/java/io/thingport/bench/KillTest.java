package io.thingport.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Kills a server (SIGKILL) again and again under load and starts it on the same data, and consumers of what its devices
 * publish as well; at the end nothing that was acknowledged may be missing, with devices or with a consumer group, nothing may be
 * out of order, and nothing may have come twice without DUP or under two message ids.
 */
public final class KillTest {

    private static final int START_MILLIS = 8000;
    private static final int CONSUMER_MILLIS = 5000;

    private final Trial trial;
    private final RandomGenerator random;
    private final int deviceCount;
    private final Map<Point, Integer> kills = new EnumMap<>(Point.class);
    private boolean begun;

    private KillTest(Trial trial, RandomGenerator random, int deviceCount) {
        this.trial = trial;
        this.random = random;
        this.deviceCount = deviceCount;
    }

    /** When the server is killed. */
    private enum Point {
        /** While it starts; the first time with its migrations under way. */
        START,
        /** While many devices connect at once. */
        CONNECT,
        /** While messages are written. */
        WRITE,
        /** While devices that were away are sent what was stored for them. */
        DRAIN
    }

    /**
     * What came of it.
     *
     * @param clean whether the promise was kept
     * @param text  all counts, for a human
     */
    public record Result(boolean clean, long acknowledged, String text) {
    }

    /** {@code --kills N --database h2|postgresql [--seed S] [--devices N] [--liberty DIR] [--directory DIR]} */
    public static void main(String[] words) {
        Options options = new Options(words, Set.of("kills", "database", "seed", "devices", "liberty", "directory"));
        Result result = run(options.number("kills", 100), options.text("database", "h2"),
                options.longNumber("seed", System.nanoTime()), options.number("devices", 40),
                options.path("liberty", "src/ear/target/liberty/wlp"), options.path("directory", "src/bench/target/kill"));
        System.out.println(result.text());
        System.exit(result.clean() ? 0 : 1);
    }

    /**
     * Runs the trial to its end.
     *
     * @param database  {@code h2} or {@code postgresql}
     * @param liberty   Liberty with the packaged server
     * @param directory where everything is written; emptied first
     */
    public static Result run(int kills, String database, long seed, int devices, Path liberty, Path directory) {
        System.out.printf("%d kills on %s, seed %d%n", kills, database, seed);
        try (Trial trial = new Trial(liberty, directory, database, Map.of())) {
            return new KillTest(trial, new Random(seed), devices).run(kills);
        }
    }

    private Result run(int count) {
        Instant begin = Instant.now();
        for (int i = 1; i <= count; i++) {
            Instant cycle = Instant.now();
            Point point = switch (i) { // the second one under load, so that a short run has some, too
                case 1 -> Point.START;
                case 2 -> Point.values()[1 + random.nextInt(Point.values().length - 1)];
                default -> Point.values()[random.nextInt(Point.values().length)];
            };
            trial.server().launch();
            if (point == Point.START) {
                Trial.pause(random.nextInt(START_MILLIS));
            } else {
                trial.awaitReady();
                reach(point);
            }
            trial.server().kill();
            kills.merge(point, 1, Integer::sum);
            long acknowledged = trial.onLoop(() -> trial.findings.promised);
            System.out.printf("kill %d of %d: %s after %.1f s; %d messages acknowledged%n", i, count, point,
                    seconds(cycle), acknowledged);
        }
        double cycle = seconds(begin) / count;
        trial.server().launch();
        trial.awaitReady();
        beginOnce();
        trial.settle();
        return trial.onLoop(() -> new Result(trial.findings.clean(), trial.findings.promised,
                String.format("kills                     %s%nmean cycle                %.1f s%n%s", kills, cycle, trial.findings)));
    }

    private void reach(Point point) {
        beginOnce();
        if (random.nextBoolean()) {
            trial.loop().schedule(() -> trial.consumers().killOne(random), random.nextInt(CONSUMER_MILLIS),
                    TimeUnit.MILLISECONDS);
        }
        switch (point) {
            case CONNECT -> {
                awaitLive();
                away(300);
                back();
                Trial.pause(random.nextInt(400));
            }
            case DRAIN -> {
                awaitLive();
                away(1500);
                back();
                Trial.pause(50 + random.nextInt(800));
            }
            default -> {
                awaitLive();
                Trial.pause(500 + random.nextInt(3000));
            }
        }
    }

    private void beginOnce() {
        if (!begun) {
            begun = true;
            trial.beginWithConsumers(deviceCount, random);
        }
    }

    private void awaitLive() {
        Trial.await("most devices are connected", Duration.ofSeconds(60), () -> trial.onLoop(() ->
                trial.devices().stream().filter(LoadDevice::isLive).count() > trial.devices().size() / 2));
        Trial.pause(random.nextInt(1500));
    }

    private void away(long millis) {
        trial.onLoop(() -> {
            trial.mood.stayAway = true;
            trial.devices().forEach(device -> device.leave(0, random.nextBoolean()));
            return true;
        });
        Trial.pause(millis);
    }

    private void back() {
        trial.onLoop(() -> trial.mood.stayAway = false);
    }

    private static double seconds(Instant since) {
        return Duration.between(since, Instant.now()).toMillis() / 1000.0;
    }
}
