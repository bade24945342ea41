package io.thingport.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * Takes the database away from a server under load, in three ways, and gives it back each time. QoS 0 has to flow on, devices
 * have to stay connected, health has to tell, callers have to be answered in bounded time, everything has to go on without a
 * restart, and nothing that was acknowledged may be missing.
 */
public final class OutageTest {

    private static final Duration DOWN_WITHIN = Duration.ofSeconds(20);
    private static final Duration UP_WITHIN = Duration.ofSeconds(30);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);
    private static final long LIVE_WITHIN_MILLIS = 5000; // what answers it has threads, but the trial may share its machine
    private static final double QOS0_SHARE = 0.5;

    private final Trial trial;
    private final int seconds;
    private final List<String> violations = new ArrayList<>();
    private final StringBuilder report = new StringBuilder();

    private OutageTest(Trial trial, int seconds) {
        this.trial = trial;
        this.seconds = seconds;
    }

    /** What happens to the database. */
    private enum Outage {
        /** Its processes stand still: connections stay and nothing answers. */
        HANGS {
            @Override
            void begin(Postgres postgres) {
                postgres.pause();
            }

            @Override
            void end(Postgres postgres) {
                postgres.resume();
            }
        },
        /** It crashes. */
        IS_AWAY {
            @Override
            void begin(Postgres postgres) {
                postgres.crash();
            }

            @Override
            void end(Postgres postgres) {
                postgres.start();
            }
        },
        /** It takes no writes. */
        IS_READ_ONLY {
            @Override
            void begin(Postgres postgres) {
                postgres.readOnly(true);
            }

            @Override
            void end(Postgres postgres) {
                postgres.readOnly(false);
            }
        };

        abstract void begin(Postgres postgres);

        abstract void end(Postgres postgres);
    }

    /**
     * What came of it.
     *
     * @param clean whether everything was as it has to be
     * @param text  all of it, for a human
     */
    public record Result(boolean clean, String text) {
    }

    /** {@code [--seconds N] [--seed S] [--devices N] [--liberty DIR] [--directory DIR]}; the database is PostgreSQL. */
    public static void main(String[] words) {
        Options options = new Options(words, Set.of("seconds", "seed", "devices", "liberty", "directory"));
        Result result = run(options.number("seconds", 60), options.longNumber("seed", System.nanoTime()),
                options.number("devices", 40), options.path("liberty", "src/ear/target/liberty/wlp"),
                options.path("directory", "src/bench/target/outage"));
        System.out.println(result.text());
        System.exit(result.clean() ? 0 : 1);
    }

    /**
     * Runs the trial to its end.
     *
     * @param seconds   how long the database is away each time
     * @param liberty   Liberty with the packaged server
     * @param directory where everything is written; emptied first
     */
    public static Result run(int seconds, long seed, int devices, Path liberty, Path directory) {
        try (Trial trial = new Trial(liberty, directory, "postgresql", Map.of())) {
            return new OutageTest(trial, seconds).run(devices, new Random(seed));
        }
    }

    private Result run(int devices, RandomGenerator random) {
        trial.server().launch();
        trial.awaitReady();
        trial.mood.wander = false;
        trial.mood.publishQos0 = true;
        trial.begin(devices, random);
        awaitLive();
        Trial.pause(5000); // what is compiled late and cached late
        try (HealthWatch live = new HealthWatch(trial.server(), "live");
                HealthWatch ready = new HealthWatch(trial.server(), "ready");
                CallerWatch caller = new CallerWatch(trial.rest())) {
            for (Outage outage : Outage.values()) {
                outage(outage, live, ready, caller);
            }
        }
        trial.settle();
        report.append(trial.onLoop(() -> trial.findings.toString()));
        violations.forEach(violation -> report.append("VIOLATION ").append(violation).append('\n'));
        return new Result(violations.isEmpty() && trial.onLoop(() -> trial.findings.clean()), report.toString());
    }

    private void outage(Outage outage, HealthWatch live, HealthWatch ready, CallerWatch caller) {
        Sample before = sample(10);
        live.reset();
        ready.reset();
        caller.reset();
        long connects = trial.onLoop(() -> trial.findings.connects);
        System.out.println("the database " + words(outage) + " for " + seconds + " s");
        long begin = System.nanoTime();
        outage.begin(trial.postgres());
        Sample during = sample(seconds);
        long downAfter = ready.firstDown().map(down -> TimeUnit.NANOSECONDS.toMillis(down - begin)).orElse(-1L);
        outage.end(trial.postgres());
        long end = System.nanoTime();
        boolean recovered = within(UP_WITHIN, ready::up);
        long upAfter = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - end);
        boolean acknowledged = recovered && drained();
        long acknowledgedAfter = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - end);
        Sample after = sample(10);
        String text = String.format("""
                the database %s for %d s
                  QoS 0 a second            before %.0f, during %.0f, after %.0f
                  QoS 1 acknowledged a s.   before %.0f, during %.0f, after %.0f
                  not ready after           %d ms, ready again %d ms after its return
                  all acknowledged          %d ms after its return
                  longest answers           live %d ms, ready %d ms, caller %d ms (%d refused with 503, %d otherwise)
                """, words(outage), seconds, before.qos0, during.qos0, after.qos0, before.qos1, during.qos1, after.qos1,
                downAfter, upAfter, acknowledgedAfter, live.longestMillis(), ready.longestMillis(), caller.longestMillis(),
                caller.refused(), caller.failed());
        System.out.print(text);
        report.append(text);
        check(during.qos0 >= before.qos0 * QOS0_SHARE, outage, "QoS 0 does not flow");
        check(downAfter >= 0 && downAfter <= Math.min(DOWN_WITHIN.toMillis(), seconds * 1000L), outage, "readiness does not tell");
        check(recovered, outage, "not ready again");
        check(acknowledged, outage, "not all acknowledged after its return");
        check(live.failures() == 0 && live.longestMillis() <= LIVE_WITHIN_MILLIS, outage, "liveness suffers");
        check(caller.longestMillis() <= ANSWER_WITHIN.toMillis(), outage, "callers have to wait too long");
        check(caller.failed() == 0, outage, "callers see other errors than 503");
        check(trial.onLoop(() -> trial.findings.connects) == connects, outage, "devices lost their connections");
    }

    private void check(boolean holds, Outage outage, String violation) {
        if (!holds) {
            violations.add("the database " + words(outage) + ": " + violation);
        }
    }

    /** All that was under way when the database came back is acknowledged; new publishes rest meanwhile. */
    private boolean drained() {
        trial.onLoop(() -> trial.mood.publish = false);
        boolean drained = within(UP_WITHIN, () -> trial.onLoop(() ->
                trial.devices().stream().allMatch(device -> device.inFlight() == 0)));
        trial.onLoop(() -> trial.mood.publish = true);
        return drained;
    }

    private void awaitLive() {
        Trial.await("all devices are connected", Duration.ofSeconds(60), () -> trial.onLoop(() ->
                trial.devices().stream().allMatch(LoadDevice::isLive)));
    }

    private Sample sample(int forSeconds) {
        long begin = System.nanoTime();
        long[] first = trial.onLoop(() -> new long[] {trial.findings.qos0Received, trial.findings.promised});
        Trial.pause(forSeconds * 1000L);
        long[] last = trial.onLoop(() -> new long[] {trial.findings.qos0Received, trial.findings.promised});
        double passed = (System.nanoTime() - begin) / 1e9;
        return new Sample((last[0] - first[0]) / passed, (last[1] - first[1]) / passed);
    }

    private static boolean within(Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Trial.pause(50);
        }
        return true;
    }

    private static String words(Outage outage) {
        return outage.name().toLowerCase().replace('_', ' ');
    }

    /** Messages a second. */
    private record Sample(double qos0, double qos1) {
    }
}
