package io.thingport.bench;

import io.netty.channel.EventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A server on a database of its own, with devices that are all played by one event loop. For one thread; what it reads or
 * changes of the devices it does on the loop.
 */
final class Trial implements AutoCloseable {

    static final Duration START = Duration.ofSeconds(180);
    private static final Duration AGAIN = Duration.ofSeconds(90);

    final LoadDevice.Mood mood = new LoadDevice.Mood();
    final Findings findings = new Findings();
    private final NioEventLoopGroup group = new NioEventLoopGroup(1);
    private final EventLoop loop = group.next();
    private final Optional<Postgres> postgres;
    private final ServerProcess server;
    private final List<LoadDevice> devices = new ArrayList<>();
    private Optional<Consumers> consumers = Optional.empty();

    /**
     * @param liberty   Liberty with the packaged server
     * @param directory where everything is written; emptied first
     * @param database  {@code h2} or {@code postgresql}, which is started
     * @param settings  more settings of the server
     */
    Trial(Path liberty, Path directory, String database, Map<String, String> settings) {
        delete(directory);
        postgres = switch (database) {
            case "h2" -> Optional.empty();
            case "postgresql" -> Optional.of(new Postgres(directory.resolve("postgresql")).start());
            default -> throw new IllegalArgumentException("--database is h2 or postgresql");
        };
        Map<String, String> all = new HashMap<>(settings);
        postgres.ifPresent(p -> all.putAll(Map.of("thingport.database.url", p.url(), "thingport.database.user", p.user(),
                "thingport.database.password", p.password())));
        server = new ServerProcess(liberty, directory.resolve("server"), List.of(), all);
    }

    ServerProcess server() {
        return server;
    }

    /** @throws java.util.NoSuchElementException on the embedded database */
    Postgres postgres() {
        return postgres.orElseThrow();
    }

    EventLoop loop() {
        return loop;
    }

    RestApi rest() {
        return new RestApi(server.httpPort(), server.firstAccessKey());
    }

    /** Waits until devices can connect. */
    void awaitReady() {
        await("the server is ready", START, () -> {
            if (!server.running()) {
                throw new IllegalStateException("the server has ended, see " + server.output());
            }
            return server.health("ready") == 200;
        });
    }

    /** Registers devices and lets them begin, half of them with 3.1.1 and half with 5.0. */
    void begin(int count, RandomGenerator random) {
        begin(Fleet.register(rest(), count), random);
    }

    /** The same, and what they publish goes to two consumer groups, one with two consumers and one with one. */
    void beginWithConsumers(int count, RandomGenerator random) {
        beginWithConsumers(count, random, server.amqpPort());
    }

    /** The same, with consumers that connect to a port of somebody else's. */
    void beginWithConsumers(int count, RandomGenerator random, int port) {
        Fleet fleet = Fleet.register(rest(), count);
        List<String> groups = List.of("DEFAULT_GROUP", rest().consumerGroup("trial"));
        rest().tellData(fleet.productKey(), groups);
        GroupLedger ledger = new GroupLedger(groups, findings);
        Consumers started = new Consumers(loop, server, port, ledger, findings);
        consumers = Optional.of(started);
        onLoop(() -> {
            mood.groups = Optional.of(ledger);
            started.add(groups.get(0));
            started.add(groups.get(0));
            started.add(groups.get(1));
            return true;
        });
        begin(fleet, random);
    }

    private void begin(Fleet fleet, RandomGenerator random) {
        onLoop(() -> {
            mood.rest = Optional.of(rest());
            return true;
        });
        begin(fleet, random, mood, findings, devices);
    }

    /** Lets devices begin that are no part of the trial, of a product of their own. */
    void beginBystanders(int count, RandomGenerator random, LoadDevice.Mood ofThem, Findings aboutThem) {
        begin(Fleet.register(rest(), count), random, ofThem, aboutThem, new ArrayList<>());
    }

    private void begin(Fleet fleet, RandomGenerator random, LoadDevice.Mood ofThem, Findings aboutThem, List<LoadDevice> into) {
        int count = fleet.devices().size();
        List<Long> seeds = random.longs(count).boxed().toList();
        onLoop(() -> {
            for (int i = 0; i < count; i++) {
                into.add(new LoadDevice(loop, server, fleet.devices().get(i), i % 2 == 0,
                        new Random(seeds.get(i)), ofThem, aboutThem));
            }
            return true;
        });
    }

    /** @throws java.util.NoSuchElementException when it began without */
    Consumers consumers() {
        return consumers.orElseThrow();
    }

    /** The devices; to be touched in {@link #onLoop} only. */
    List<LoadDevice> devices() {
        return devices;
    }

    /** Runs work on the devices' loop and waits for its result. */
    <T> T onLoop(Callable<T> work) {
        try {
            return loop.submit(work).get(1, TimeUnit.MINUTES);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Lets all devices come back, acknowledge everything and publish nothing, waits until nothing is missing or nothing has come
     * for 10 seconds, and reports what is missing.
     */
    void settle() {
        onLoop(() -> {
            mood.publish = false;
            mood.publishQos0 = false;
            mood.wander = false;
            mood.stayAway = false;
            mood.slowAcknowledgements = false;
            return true;
        });
        await("all devices are back", Duration.ofSeconds(60), () -> onLoop(() ->
                devices.stream().allMatch(LoadDevice::isLive)));
        long[] last = {-1, System.nanoTime()};
        await("all has come", Duration.ofSeconds(300), () -> {
            long received = onLoop(() -> findings.received);
            if (received != last[0]) {
                last[0] = received;
                last[1] = System.nanoTime();
            }
            long quiet = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - last[1]);
            int backlog = onLoop(() -> devices.stream().mapToInt(LoadDevice::backlog).sum());
            return quiet >= 10 || backlog == 0 && quiet >= 3;
        });
        mood.groups.ifPresent(this::settle);
        onLoop(() -> {
            devices.forEach(LoadDevice::close);
            mood.groups.ifPresent(GroupLedger::close);
            return true;
        });
    }

    /** Waits until consumers have all, or nothing has come to them for longer than it takes until a message comes again. */
    private void settle(GroupLedger groups) {
        long[] last = {-1, System.nanoTime()};
        await("consumers have all", Duration.ofSeconds(600), () -> {
            long received = onLoop(() -> findings.groupReceived);
            if (received != last[0]) {
                last[0] = received;
                last[1] = System.nanoTime();
            }
            return onLoop(groups::missing) == 0 || System.nanoTime() - last[1] > AGAIN.toNanos();
        });
    }

    static void await(String what, Duration deadline, BooleanSupplier condition) {
        long end = System.nanoTime() + deadline.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not within " + deadline.toSeconds() + " s: " + what);
            }
            pause(50);
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        consumers.ifPresent(Consumers::close);
        server.close();
        postgres.ifPresent(Postgres::close);
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** Deletes a folder with all that is in it, if it is there. */
    static void delete(Path directory) {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
