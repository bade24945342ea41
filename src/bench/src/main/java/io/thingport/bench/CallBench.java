package io.thingport.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Measures Pub and RRPC as a business server calls them, over REST and over the vendor's API, beside the smallest JAX-RS
 * application on the same server, in turns. Requests are made before the clock runs.
 */
public final class CallBench {

    private static final String PAYLOAD = "x".repeat(64);
    private static final String BARE = "bare";
    /** How many requests are made ahead for a second of all connections; more than the server takes. */
    private static final int AHEAD = 16_000;

    private final Trial trial;
    private final VendorRequests vendor;
    private final String rest;
    private final List<Fleet.Device> devices;
    private final int seconds;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private CallBench(Trial trial, Fleet fleet, int seconds) {
        this.trial = trial;
        this.vendor = new VendorRequests(trial.server().httpPort(), trial.server().firstAccessKey());
        this.rest = "Content-Type: application/json\r\nAuthorization: Basic " + Base64.getEncoder()
                .encodeToString(trial.server().firstAccessKey().getBytes(StandardCharsets.UTF_8)) + "\r\n";
        this.devices = fleet.devices();
        this.seconds = seconds;
    }

    /** {@code [--seconds N] [--rounds N] [--warm N] [--connections N,N…] [--subjects bare,…] [--liberty DIR] [--directory DIR]} */
    public static void main(String[] words) throws Exception {
        Options options = new Options(words, Set.of("seconds", "rounds", "warm", "connections", "subjects", "liberty", "directory"));
        List<Integer> connections = Arrays.stream(options.text("connections", "1,16").split(",")).map(Integer::valueOf).toList();
        List<Subject> subjects = Arrays.stream(options.text("subjects", "bare,rest_pub,v1_pub,acs3_pub,rest_rrpc,v1_rrpc,acs3_rrpc")
                .split(",")).map(name -> Subject.valueOf(name.toUpperCase())).toList();
        Path liberty = options.path("liberty", "src/ear/target/liberty/wlp");
        Path application = liberty.resolve("usr/servers/thingport/dropins/" + BARE + ".war");
        int most = connections.stream().mapToInt(n -> n).max().orElseThrow();
        try (Trial trial = new Trial(liberty, options.path("directory", "src/bench/target/calls"), "h2",
                Map.of("jvm.args", ""))) {
            deploy(application);
            trial.server().launch();
            trial.awaitReady();
            Fleet fleet = Fleet.register(trial.rest(), most);
            List<AnsweringDevice> connected = new ArrayList<>();
            for (Fleet.Device device : fleet.devices()) {
                connected.add(new AnsweringDevice(trial.server().mqttPort(), device));
            }
            CallBench bench = new CallBench(trial, fleet, options.number("seconds", 6));
            for (int warm = 0; warm < options.number("warm", 4); warm++) {
                for (Subject subject : subjects) {
                    bench.run(subject, most);
                }
            }
            for (int at : connections) {
                for (int round = 1; round <= options.number("rounds", 3); round++) {
                    for (Subject subject : subjects) {
                        System.out.printf("round %d, connections %d, %s: %s%n", round, at, subject, bench.run(subject, at));
                    }
                }
            }
            for (AnsweringDevice device : connected) {
                device.close();
            }
            bench.threads.shutdownNow();
        } finally {
            Files.deleteIfExists(application);
        }
    }

    /** What is called. */
    private enum Subject {
        BARE {
            @Override
            byte[] request(CallBench bench, Fleet.Device device) {
                return HttpLine.request("POST", "/bare/messages", bench.trial.server().httpPort(), bench.rest, message());
            }
        },
        REST_PUB {
            @Override
            byte[] request(CallBench bench, Fleet.Device device) {
                return bench.rest(device, "messages", message());
            }
        },
        V1_PUB {
            @Override
            byte[] request(CallBench bench, Fleet.Device device) {
                return bench.vendor.v1("Pub", pub(device));
            }
        },
        ACS3_PUB {
            @Override
            byte[] request(CallBench bench, Fleet.Device device) {
                return bench.vendor.acs3("Pub", pub(device));
            }
        },
        REST_RRPC {
            @Override
            byte[] request(CallBench bench, Fleet.Device device) {
                return bench.rest(device, "rrpc", "{\"payload\":\"" + PAYLOAD + "\",\"timeoutMillis\":5000}");
            }
        },
        V1_RRPC {
            @Override
            byte[] request(CallBench bench, Fleet.Device device) {
                return bench.vendor.v1("RRpc", rrpc(device));
            }
        },
        ACS3_RRPC {
            @Override
            byte[] request(CallBench bench, Fleet.Device device) {
                return bench.vendor.acs3("RRpc", rrpc(device));
            }
        };

        abstract byte[] request(CallBench bench, Fleet.Device device);

        private static String message() {
            return "{\"topic\":\"user/get\",\"qos\":0,\"payload\":\"" + PAYLOAD + "\"}";
        }

        private static Map<String, String> pub(Fleet.Device device) {
            return Map.of("ProductKey", device.productKey(), "TopicFullName", device.topic("user/get"), "Qos", "0",
                    "MessageContent", Base64.getEncoder().encodeToString(PAYLOAD.getBytes(StandardCharsets.UTF_8)));
        }

        private static Map<String, String> rrpc(Fleet.Device device) {
            return Map.of("ProductKey", device.productKey(), "DeviceName", device.name(), "Timeout", "5000",
                    "RequestBase64Byte", Base64.getEncoder().encodeToString(PAYLOAD.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private byte[] rest(Fleet.Device device, String what, String body) {
        return HttpLine.request("POST", "/api/v1/products/" + device.productKey() + "/devices/" + device.name() + "/" + what,
                trial.server().httpPort(), rest, body);
    }

    private String run(Subject subject, int connections) throws Exception {
        int each = seconds * AHEAD / connections;
        List<Future<List<byte[]>>> made = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            Fleet.Device device = devices.get(i);
            made.add(threads.submit(() -> {
                List<byte[]> requests = new ArrayList<>(each);
                for (int n = 0; n < each; n++) {
                    requests.add(subject.request(this, device));
                }
                return requests;
            }));
        }
        List<Callable<long[]>> callers = new ArrayList<>();
        for (Future<List<byte[]>> requests : made) {
            List<byte[]> ready = requests.get();
            callers.add(() -> call(ready));
        }
        Duration before = trial.server().cpu();
        long begin = System.nanoTime();
        List<Future<long[]>> runs = callers.stream().map(threads::submit).toList();
        List<long[]> all = new ArrayList<>();
        for (Future<long[]> run : runs) {
            all.add(run.get());
        }
        double took = (System.nanoTime() - begin) / 1e9;
        double cpu = trial.server().cpu().minus(before).toNanos() / 1e3;
        long[] nanos = all.stream().flatMapToLong(LongStream::of).sorted().toArray();
        return "%.0f calls/s, p50 %.0f µs, p99 %.0f µs, server %.0f µs of CPU a call".formatted(nanos.length / took,
                nanos[nanos.length / 2] / 1e3, nanos[nanos.length * 99 / 100] / 1e3, cpu / nanos.length);
    }

    /** Sends one request after the other until the time is over; how long each took. */
    private long[] call(List<byte[]> requests) throws IOException {
        long[] nanos = new long[requests.size()];
        int done = 0;
        try (HttpLine line = new HttpLine(trial.server().httpPort())) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            for (long now = System.nanoTime(); now < end && done < nanos.length; done++) {
                String answer = line.call(requests.get(done));
                long then = System.nanoTime();
                nanos[done] = then - now;
                now = then;
                if (answer.contains("\"Success\":false") || answer.contains("timeout") || answer.contains("TIMEOUT")) {
                    throw new IOException(answer);
                }
            }
        }
        return Arrays.copyOf(nanos, done);
    }

    private static void deploy(Path archive) throws IOException {
        Files.createDirectories(archive.getParent());
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (String name : List.of("BareApplication", "BareResource", "BareResource$Message", "BareResource$Answer")) {
                String path = CallBench.class.getPackageName().replace('.', '/') + "/bare/" + name + ".class";
                out.putNextEntry(new ZipEntry("WEB-INF/classes/" + path));
                try (InputStream in = CallBench.class.getResourceAsStream("/" + path)) {
                    in.transferTo(out);
                }
                out.closeEntry();
            }
        }
    }
}
