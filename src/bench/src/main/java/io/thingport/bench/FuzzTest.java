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
import java.util.regex.Pattern;

/**
 * Sends a running server what no client should: random bytes, changed packets, broken rules in all versions, in pieces, broken
 * off. Devices beside it must lose, repeat and misorder nothing and stay connected; what comes back must be whole packets;
 * well-formed conversations in between must be answered; the server must close what breaks the protocol, log no error, leak
 * no buffer, keep no connection and no memory, and answer health checks. Ends at the first violation.
 */
public final class FuzzTest {

    private static final int BYSTANDERS = 8;
    private static final long HEAP_GROWTH_MAXIMUM = 48L << 20; // sessions of the attackers, caches of topics and devices
    private static final long HEALTH_WITHIN_MILLIS = 5000; // it may share its machine
    private static final Duration SETTLES_WITHIN = Duration.ofSeconds(30);
    private static final Pattern ERROR =
            Pattern.compile("^(\\s+at [\\w.$/@]+\\(|\\[ERROR).*|^.*LEAK: .*|^.*] [0-9a-f]{8} \\S+ +E .*", Pattern.MULTILINE);

    private final Trial trial;
    private final FuzzFindings findings = new FuzzFindings();
    private final List<FuzzBystander> bystanders = new ArrayList<>();
    private final List<FuzzAttacker> attackers = new ArrayList<>();

    private FuzzTest(Trial trial) {
        this.trial = trial;
    }

    /**
     * What came of it.
     *
     * @param clean      whether nothing was found
     * @param executions conversations
     * @param received   messages that bystanders got
     * @param text       all of it, for a human; with what was sent when something was found
     */
    public record Result(boolean clean, long executions, long received, String text) {
    }

    /** {@code --seconds N [--seed S] [--connections N] [--liberty DIR] [--directory DIR]} */
    public static void main(String[] words) {
        Options options = new Options(words, Set.of("seconds", "seed", "connections", "liberty", "directory"));
        Result result = run(options.number("seconds", 600), options.longNumber("seed", System.nanoTime()),
                options.number("connections", 4), options.path("liberty", "src/ear/target/liberty/wlp"),
                options.path("directory", "src/bench/target/fuzz"));
        System.out.print(result.text());
        System.exit(result.clean() ? 0 : 1);
    }

    /**
     * Runs the trial to its end.
     *
     * @param connections attackers, each with one connection at a time
     * @param liberty     Liberty with the packaged server
     * @param directory   where everything is written; emptied first
     */
    public static Result run(int seconds, long seed, int connections, Path liberty, Path directory) {
        System.out.printf("%d seconds with %d connections, seed %d%n", seconds, connections, seed);
        Map<String, String> settings = Map.of("jvm.args", "-XX:TieredStopAtLevel=1 -Dio.netty.leakDetection.level=paranoid");
        try (Trial trial = new Trial(liberty, directory, "h2", settings)) {
            return new FuzzTest(trial).run(seconds, seed, connections);
        }
    }

    private Result run(int seconds, long seed, int connections) {
        trial.server().launch();
        trial.awaitReady();
        Fleet fleet = Fleet.register(trial.rest(), BYSTANDERS + 2 * connections);
        begin(fleet);
        long heapBefore = trial.server().heapAfterCollection();
        long begin = System.nanoTime();
        double passed;
        try (HealthWatch live = new HealthWatch(trial.server(), "live");
                HealthWatch ready = new HealthWatch(trial.server(), "ready")) {
            attack(fleet, new Random(seed), seconds);
            passed = (System.nanoTime() - begin) / 1e9;
            checkHealth("live", live);
            checkHealth("ready", ready);
        }
        within("connections of attackers", () -> trial.server().metric("thingport_mqtt_connections") == BYSTANDERS
                && trial.server().metric("thingport_sessions") == BYSTANDERS);
        long heapAfter = trial.server().heapAfterCollection();
        if (heapAfter > heapBefore + HEAP_GROWTH_MAXIMUM) {
            findings.violation("the heap grew from " + heapBefore + " to " + heapAfter + " bytes");
        }
        trial.onLoop(() -> { // after the collection: the buffers of their messages bring Netty's reports of what leaked
            bystanders.forEach(FuzzBystander::rest);
            return true;
        });
        within("messages of bystanders", () -> trial.onLoop(() -> bystanders.stream().allMatch(FuzzBystander::settled)));
        checkLog();
        long received = received();
        return new Result(findings.clean(), executions(), received, String.format("""
                executions                %d in %.0f s, %.0f a second
                received by bystanders    %d messages
                heap after collection     %d MiB before, %d MiB after
                protocol errors           %.0f
                %s%s""", executions(), passed, executions() / passed, received, heapBefore >> 20, heapAfter >> 20,
                trial.server().metric("thingport_mqtt_protocol_errors_total"), findings, findings.clean() ? "" : lastSent()));
    }

    /** Bystanders in both versions, with clean sessions and with kept ones. */
    private void begin(Fleet fleet) {
        RestApi rest = trial.rest();
        trial.onLoop(() -> {
            for (int i = 0; i < BYSTANDERS; i++) {
                bystanders.add(FuzzBystander.begin(trial.loop(), trial.server().mqttPort(), fleet.devices().get(i), i % 2 == 0,
                        i % 4 < 2, rest, findings));
            }
            return true;
        });
        Trial.await("all bystanders are connected", Duration.ofSeconds(60), () -> trial.onLoop(() ->
                bystanders.stream().allMatch(FuzzBystander::isLive)));
    }

    private void attack(Fleet fleet, Random seeds, int seconds) {
        List<Thread> threads = new ArrayList<>();
        List<Fleet.Device> devices = fleet.devices();
        for (int i = BYSTANDERS; i < devices.size(); i += 2) {
            FuzzAttacker attacker = new FuzzAttacker(trial.server().mqttPort(), devices.get(i), devices.get(i + 1),
                    seeds.nextLong(), findings);
            attackers.add(attacker);
            threads.add(new Thread(attacker, "attacker-" + i));
        }
        threads.forEach(Thread::start);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (int i = 1; findings.clean() && System.nanoTime() < end; i++) {
            Trial.pause(1000);
            checkLog();
            if (i % 10 == 0) {
                System.out.printf("%d s: %d executions, %d messages received by bystanders%n", i, executions(), received());
            }
        }
        attackers.forEach(FuzzAttacker::stop);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void checkHealth(String check, HealthWatch watch) {
        if (watch.failures() > 0 || watch.longestMillis() > HEALTH_WITHIN_MILLIS) {
            findings.violation(check + " failed " + watch.failures() + " times, the longest answer took " + watch.longestMillis()
                    + " ms");
        }
    }

    private void checkLog() {
        ERROR.matcher(trial.server().log()).results().findFirst()
                .ifPresent(found -> findings.violation("the server logged: " + found.group()));
    }

    private void within(String what, BooleanSupplier condition) {
        try {
            Trial.await(what, SETTLES_WITHIN, condition);
        } catch (IllegalStateException e) {
            findings.violation(e.getMessage());
        }
    }

    private long executions() {
        return attackers.stream().mapToLong(FuzzAttacker::executions).sum();
    }

    private long received() {
        return trial.onLoop(() -> bystanders.stream().mapToLong(FuzzBystander::received).sum());
    }

    /** What was sent last, for what bystanders and logs tell. */
    private String lastSent() {
        StringBuilder text = new StringBuilder("last conversations:\n");
        attackers.forEach(attacker -> text.append("  ").append(attacker.last()).append('\n'));
        return text.toString();
    }
}
