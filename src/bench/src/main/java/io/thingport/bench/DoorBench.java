package io.thingport.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Measures the doors that devices come through beside each other, in turns, on the same server: CPU time of the server a
 * message that it acknowledges, CPU time a connect, and memory an idle connection.
 */
public final class DoorBench {

    private static final int IDLE_AT_A_TIME = 8;

    private final int seconds;
    private final int connections;
    private final int idle;
    private final byte[] payload;

    private DoorBench(Options options) {
        seconds = options.number("seconds", 6);
        connections = options.number("connections", 16);
        idle = options.number("idle", 2_000);
        payload = new byte[options.number("payload", 64)];
    }

    /**
     * {@code [--seconds N] [--rounds N] [--connections N] [--idle N] [--payload N] [--doors tcp,tls,…] [--liberty DIR]
     * [--directory DIR]}
     */
    public static void main(String[] words) throws Exception {
        Options options = new Options(words, Set.of("seconds", "rounds", "connections", "idle", "payload", "doors", "liberty",
                "directory"));
        List<Door> doors = Arrays.stream(options.text("doors", "tcp,tls,psk,ws,wss").split(","))
                .map(name -> Door.valueOf(name.toUpperCase())).toList();
        new DoorBench(options).run(doors, options.number("rounds", 3), options.path("liberty", "src/ear/target/liberty/wlp"),
                options.path("directory", "src/bench/target/doors"));
    }

    private void run(List<Door> doors, int rounds, Path liberty, Path directory) throws Exception {
        Path tls = directory.resolveSibling(directory.getFileName() + "-tls");
        int pskPort = ServerProcess.freePort();
        int httpsPort = ServerProcess.freePort();
        try (Trial trial = new Trial(liberty, directory, "h2", Map.ofEntries(
                Map.entry("jvm.args", "-Xms1g -XX:+AlwaysPreTouch"), // so that what is resident changes outside of the heap only
                Map.entry("thingport.tls.certificate", tls.resolve("server.pem").toString()),
                Map.entry("thingport.tls.key", tls.resolve("server-key.pem").toString()),
                Map.entry("thingport.https.port", Integer.toString(httpsPort)),
                Map.entry("thingport.https.key-store", tls.resolve("https.p12").toString()),
                Map.entry("thingport.https.key-store-password", selfSigned(tls)),
                Map.entry("thingport.mqtt.listeners", "psk"),
                Map.entry("thingport.mqtt.listener.psk.host", "127.0.0.1"),
                Map.entry("thingport.mqtt.listener.psk.port", Integer.toString(pskPort)),
                Map.entry("thingport.mqtt.listener.psk.transport", "psk")))) {
            trial.server().launch();
            trial.awaitReady();
            Fleet fleet = Fleet.register(trial.rest(), Math.max(connections, idle));
            Door.Ports ports = new Door.Ports(trial.server().mqttPort(), pskPort, trial.server().httpPort(), httpsPort,
                    Door.trusting(tls.resolve("root.pem")));
            for (int window : List.of(1, 16)) {
                for (Door door : doors) {
                    busy(trial, fleet, door, ports, window); // warms up
                }
                for (int round = 1; round <= rounds; round++) {
                    for (Door door : doors) {
                        System.out.printf("round %d, window %d, %s: %s%n", round, window, door, busy(trial, fleet, door, ports, window));
                    }
                }
            }
            for (int round = 1; round <= 2; round++) {
                for (Door door : doors) {
                    System.out.printf("round %d, idle, %s: %s%n", round, door, idle(trial, fleet, door, ports));
                }
            }
        }
    }

    /** Makes a certificate as the start command does; the password of its key store. */
    private static String selfSigned(Path folder) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "src/ear/src/certificate/SelfSigned.java", folder.toString()).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IOException("no certificate");
        }
        return Files.readString(folder.resolve("password")).strip();
    }

    /** Every connection publishes a window at QoS 1, waits for its PUBACKs, and again. */
    private String busy(Trial trial, Fleet fleet, Door door, Door.Ports ports, int window) throws Exception {
        List<PublishingDevice> devices = new ArrayList<>();
        for (Fleet.Device device : fleet.devices().subList(0, connections)) {
            devices.add(new PublishingDevice(door.open(ports, device), device, payload));
        }
        Duration before = trial.server().cpu();
        long begin = System.nanoTime();
        long end = begin + TimeUnit.SECONDS.toNanos(seconds);
        List<CompletableFuture<Long>> runs = devices.stream()
                .map(device -> inThread(() -> device.publishUntil(end, window))).toList();
        long messages = 0;
        for (CompletableFuture<Long> run : runs) {
            messages += run.get();
        }
        double took = (System.nanoTime() - begin) / 1e9;
        double micros = trial.server().cpu().minus(before).toNanos() / 1e3 / messages;
        for (PublishingDevice device : devices) {
            device.close();
        }
        return "%.0f messages/s, %.2f µs a message".formatted(messages / took, micros);
    }

    private String idle(Trial trial, Fleet fleet, Door door, Door.Ports ports) throws Exception {
        long heap = trial.server().heapAfterCollection();
        long resident = trial.server().resident();
        Duration before = trial.server().cpu();
        List<PublishingDevice> devices = new ArrayList<>();
        for (int from = 0; from < idle; from += IDLE_AT_A_TIME) {
            List<CompletableFuture<PublishingDevice>> some = fleet.devices().subList(from, Math.min(idle, from + IDLE_AT_A_TIME))
                    .stream().map(device -> inThread(() -> new PublishingDevice(door.open(ports, device), device, payload))).toList();
            for (CompletableFuture<PublishingDevice> one : some) {
                devices.add(one.get());
            }
        }
        double micros = trial.server().cpu().minus(before).toNanos() / 1e3 / idle;
        long heapAfter = trial.server().heapAfterCollection();
        long residentAfter = trial.server().resident();
        for (PublishingDevice device : devices) {
            device.close();
        }
        Trial.pause(1_000);
        return "%.1f KiB of heap and %.1f KiB outside of it a connection, %.0f µs a connect".formatted(
                (heapAfter - heap) / 1024.0 / idle, (residentAfter - resident) / 1024.0 / idle, micros);
    }

    private interface Work<T> {
        T run() throws Exception;
    }

    private static <T> CompletableFuture<T> inThread(Work<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(work.run());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return result;
    }
}
