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
 * Takes the database away from a server under load, in three ways, or the message engine behind the consumer groups, in two, and
 * gives it back each time. QoS 0 has to flow on, devices have to stay connected, health has to tell, callers have to be answered
 * in bounded time, everything has to go on without a restart, and nothing that was acknowledged may be missing. While the message
 * engine is away callers notice nothing, nor do devices whose product has no consumer group.
 */
public final class OutageTest {

    private static final Duration DOWN_WITHIN = Duration.ofSeconds(20);
    private static final Duration UP_WITHIN = Duration.ofSeconds(30);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);
    private static final long LIVE_WITHIN_MILLIS = 5000; // what answers it has threads, but the trial may share its machine
    private static final double QOS0_SHARE = 0.5;

    private final Trial trial;
    private final Subject subject;
    private final List<Outage> outages;
    private final int seconds;
    private final LoadDevice.Mood moodOfBystanders = new LoadDevice.Mood();
    private final Findings bystanders = new Findings();
    private final List<String> violations = new ArrayList<>();
    private final StringBuilder report = new StringBuilder();

    private OutageTest(Trial trial, Subject subject, List<Outage> outages, int seconds) {
        this.trial = trial;
        this.subject = subject;
        this.outages = outages;
        this.seconds = seconds;
    }

    /** What is taken away. */
    public enum Subject {
        DATABASE, ENGINE
    }

    /** How it is taken away and given back. */
    private record Outage(String words, Runnable begin, Runnable end) {
    }

    /**
     * What came of it.
     *
     * @param clean whether everything was as it has to be
     * @param text  all of it, for a human
     */
    public record Result(boolean clean, String text) {
    }

    /**
     * {@code [--subject database|engine] [--seconds N] [--seed S] [--devices N] [--liberty DIR] [--directory DIR]}; the database is
     * PostgreSQL, the engine an Artemis broker in a process of its own.
     */
    public static void main(String[] words) {
        Options options = new Options(words, Set.of("subject", "seconds", "seed", "devices", "liberty", "directory"));
        Result result = run(Subject.valueOf(options.text("subject", "database").toUpperCase()), options.number("seconds", 60),
                options.longNumber("seed", System.nanoTime()), options.number("devices", 40),
                options.path("liberty", "src/ear/target/liberty/wlp"), options.path("directory", "src/bench/target/outage"));
        System.out.println(result.text());
        System.exit(result.clean() ? 0 : 1);
    }

    /**
     * Runs the trial to its end.
     *
     * @param seconds   how long the subject is away each time
     * @param liberty   Liberty with the packaged server
     * @param directory where everything is written; emptied first
     */
    public static Result run(Subject subject, int seconds, long seed, int devices, Path liberty, Path directory) {
        return switch (subject) {
            case DATABASE -> database(seconds, seed, devices, liberty, directory);
            case ENGINE -> engine(seconds, seed, devices, liberty, directory);
        };
    }

    private static Result database(int seconds, long seed, int devices, Path liberty, Path directory) {
        try (Trial trial = new Trial(liberty, directory, "postgresql", Map.of())) {
            Postgres postgres = trial.postgres();
            return new OutageTest(trial, Subject.DATABASE, List.of(
                    new Outage("the database hangs", postgres::pause, postgres::resume),
                    new Outage("the database is away", postgres::crash, postgres::start),
                    new Outage("the database is read only", () -> postgres.readOnly(true), () -> postgres.readOnly(false))),
                    seconds).run(devices, new Random(seed));
        }
    }

    private static Result engine(int seconds, long seed, int devices, Path liberty, Path directory) {
        Trial.delete(directory);
        try (EngineProcess engine = new EngineProcess(directory.resolve("engine"));
                Trial trial = new Trial(liberty, directory.resolve("trial"), "h2",
                        Map.of("thingport.upstream.external-url", "tcp://127.0.0.1:" + engine.port()))) {
            return new OutageTest(trial, Subject.ENGINE, List.of(
                    new Outage("the engine hangs", engine::pause, engine::resume),
                    new Outage("the engine is away", engine::kill, engine::launch)), seconds)
                    .run(devices, new Random(seed), engine.port());
        }
    }

    private Result run(int devices, RandomGenerator random) {
        begin();
        trial.begin(devices, random);
        return run();
    }

    private Result run(int devices, RandomGenerator random, int enginePort) {
        begin();
        trial.beginWithConsumers(devices, random, enginePort);
        moodOfBystanders.wander = false;
        trial.beginBystanders(devices, random, moodOfBystanders, bystanders);
        return run();
    }

    private void begin() {
        trial.server().launch();
        trial.awaitReady();
        trial.mood.wander = false;
        trial.mood.publishQos0 = true;
    }

    private Result run() {
        awaitLive();
        Trial.pause(5000); // what is compiled late and cached late
        try (HealthWatch live = new HealthWatch(trial.server(), "live");
                HealthWatch ready = new HealthWatch(trial.server(), "ready");
                CallerWatch caller = new CallerWatch(trial.rest())) {
            for (Outage outage : outages) {
                outage(outage, live, ready, caller);
            }
        }
        trial.onLoop(() -> moodOfBystanders.publish = false);
        trial.settle();
        report.append(trial.onLoop(() -> trial.findings.toString()));
        violations.forEach(violation -> report.append("VIOLATION ").append(violation).append('\n'));
        return new Result(violations.isEmpty() && trial.onLoop(() -> trial.findings.clean()), report.toString());
    }

    private void outage(Outage outage, HealthWatch live, HealthWatch ready, CallerWatch caller) {
        int besides = Math.min(10, seconds / 2);
        Sample before = sample(besides);
        live.reset();
        ready.reset();
        caller.reset();
        long connects = trial.onLoop(() -> trial.findings.connects);
        System.out.println(outage.words() + " for " + seconds + " s");
        long begin = System.nanoTime();
        outage.begin().run();
        Sample during = sample(seconds);
        long downAfter = ready.firstDown().map(down -> TimeUnit.NANOSECONDS.toMillis(down - begin)).orElse(-1L);
        outage.end().run();
        long end = System.nanoTime();
        boolean recovered = within(UP_WITHIN, ready::up);
        long upAfter = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - end);
        boolean acknowledged = recovered && drained();
        long acknowledgedAfter = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - end);
        Sample after = sample(besides);
        String text = String.format("""
                %s for %d s
                  QoS 0 a second            before %.0f, during %.0f, after %.0f
                  QoS 1 acknowledged a s.   before %.0f, during %.0f, after %.0f
                  bystanders' QoS 1         before %.0f, during %.0f, after %.0f
                  not ready after           %d ms, ready again %d ms after its return
                  all acknowledged          %d ms after its return
                  longest answers           live %d ms, ready %d ms, caller %d ms (%d refused with 503, %d otherwise)
                """, outage.words(), seconds, before.qos0, during.qos0, after.qos0, before.qos1, during.qos1, after.qos1,
                before.bystanders, during.bystanders, after.bystanders,
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
        if (subject == Subject.ENGINE) {
            check(caller.refused() == 0, outage, "callers are refused");
            check(during.bystanders >= before.bystanders * QOS0_SHARE, outage, "bystanders are not acknowledged");
            check(bystanders.clean(), outage, "bystanders lose messages");
        }
        check(trial.onLoop(() -> trial.findings.connects) == connects, outage, "devices lost their connections");
    }

    private void check(boolean holds, Outage outage, String violation) {
        if (!holds) {
            violations.add(outage.words() + ": " + violation);
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
        long[] first = counts();
        Trial.pause(forSeconds * 1000L);
        long[] last = counts();
        double passed = (System.nanoTime() - begin) / 1e9;
        return new Sample((last[0] - first[0]) / passed, (last[1] - first[1]) / passed, (last[2] - first[2]) / passed);
    }

    private long[] counts() {
        return trial.onLoop(() -> new long[] {trial.findings.qos0Received, trial.findings.promised, bystanders.promised});
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

    /** Messages a second. */
    private record Sample(double qos0, double qos1, double bystanders) {
    }
}
