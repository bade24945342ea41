package io.thingport.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server in a process of its own, on ports that stay the same over its starts. It may be stopped or killed and started
 * again; its data stay. For one thread at a time, except {@link #health}.
 */
public final class ServerProcess implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final Path installation;
    private final Path output;
    private final List<String> prefix;
    private final Map<String, String> environment = new HashMap<>();
    private final int httpPort = freePort();
    private final int mqttPort;
    private final int amqpPort;
    private final int amqpTlsPort;
    private Optional<Process> process = Optional.empty();

    /**
     * One that does not run yet. It is killed when the virtual machine ends.
     *
     * @param installation Liberty with the server {@code thingport}
     * @param output       the directory where it keeps its data, logs and everything else it writes
     * @param prefix       the command that runs the server's command as another user, or nothing
     * @param settings     configuration keys with their values; Liberty's own variables, too, written like keys
     */
    public ServerProcess(Path installation, Path output, List<String> prefix, Map<String, String> settings) {
        this.installation = installation.toAbsolutePath();
        this.output = output.toAbsolutePath();
        this.prefix = List.copyOf(prefix);
        environment.put("JVM_ARGS", "-XX:TieredStopAtLevel=1"); // half the work of a start; not for what measures speed
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("WLP_OUTPUT_DIR", this.output.toString());
        environment.put("THINGPORT_HTTP_PORT", Integer.toString(httpPort));
        environment.put("THINGPORT_HTTPS_PORT", "-1");
        environment.put("THINGPORT_MQTT_HOST", "127.0.0.1");
        environment.put("THINGPORT_MQTT_PORT", Integer.toString(freePort()));
        environment.put("THINGPORT_AMQP_HOST", "127.0.0.1");
        environment.put("THINGPORT_AMQP_PORT", Integer.toString(freePort()));
        environment.put("THINGPORT_AMQP_TLS_HOST", "127.0.0.1");
        environment.put("THINGPORT_AMQP_TLS_PORT", Integer.toString(freePort()));
        environment.put("THINGPORT_RATE_CONNECTS_PER_DEVICE", "0"); // tests and trials connect as often as they like
        environment.put("THINGPORT_RATE_FAILED_CONNECTS_PER_ADDRESS", "0"); // and fail as often
        settings.forEach(this::set);
        mqttPort = Integer.parseInt(environment.get("THINGPORT_MQTT_PORT").replaceAll("\\D", "0"));
        amqpTlsPort = Integer.parseInt(environment.get("THINGPORT_AMQP_TLS_PORT"));
        amqpPort = Integer.parseInt(environment.get("THINGPORT_AMQP_PORT"));
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill)); // a run that is broken off leaves no server
    }

    /** Changes a setting for the next start; written like the constructor's. */
    public final void set(String key, String value) {
        environment.put(variable(key), value);
    }

    /** Leaves a setting to its default from the next start on. */
    public void unset(String key) {
        environment.remove(variable(key));
    }

    private static String variable(String key) {
        return key.toUpperCase().replaceAll("[^A-Z0-9]", "_");
    }

    /** A port that nobody listens on, and below those that the system gives to clients, which would take it meanwhile. */
    public static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                continue; // taken
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public int httpPort() {
        return httpPort;
    }

    public int mqttPort() {
        return mqttPort;
    }

    /** Where consumers are awaited. */
    public int amqpPort() {
        return amqpPort;
    }

    /** Where consumers are awaited with TLS, if there is a key store. */
    public int amqpTlsPort() {
        return amqpTlsPort;
    }

    public Path output() {
        return output;
    }

    /** Starts the process and returns at once. */
    public void launch() {
        try {
            Files.createDirectories(output);
            process = Optional.of(command("run").redirectErrorStream(true)
                    .redirectOutput(Files.createTempFile(output, "console", ".log").toFile()).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean running() {
        return process.filter(Process::isAlive).isPresent();
    }

    /** The status of a health check; 0 while nobody answers. */
    public int health(String check) {
        try {
            return healthAnswer(check).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** The answer of a health check. */
    public HttpResponse<String> healthAnswer(String check) throws IOException {
        try {
            return HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/health/" + check))
                    .timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where it keeps its data. */
    public Path data() {
        return output.resolve("thingport/data");
    }

    public Path accessKeyFile() {
        return data().resolve("access-key");
    }

    /** {@code id:secret} of the key that the first start made. */
    public String firstAccessKey() {
        try {
            return Files.readString(accessKeyFile()).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything that it has logged and printed so far. */
    public String log() {
        StringBuilder all = new StringBuilder();
        Path logs = output.resolve("thingport").resolve("logs"); // elsewhere folders come and go
        try (Stream<Path> printed = Files.list(output);
                Stream<Path> logged = Files.exists(logs) ? Files.walk(logs) : Stream.empty()) {
            for (Path file : Stream.concat(printed, logged).filter(f -> f.toString().endsWith(".log")).toList()) {
                all.append(Files.readString(file)).append('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toString();
    }

    /** Asks it to stop, as an operator would, and waits until its process is gone. */
    public void stop() {
        try {
            Process stop = command("stop").redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            if (!stop.waitFor(60, TimeUnit.SECONDS) || !process.orElseThrow().waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("does not stop, see " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Kills it (SIGKILL), if it runs, and waits until it is gone. */
    public void kill() {
        process.filter(Process::isAlive).ifPresent(running -> {
            List<ProcessHandle> all = Stream.concat(running.descendants(), Stream.of(running.toHandle())).toList();
            all.forEach(ProcessHandle::destroyForcibly);
            all.forEach(handle -> handle.onExit().join());
        });
    }

    /** The CPU time it has used. */
    public Duration cpu() {
        return process.stream().flatMap(running -> Stream.concat(running.descendants(), Stream.of(running.toHandle())))
                .map(handle -> handle.info().totalCpuDuration().orElse(Duration.ZERO)).reduce(Duration.ZERO, Duration::plus);
    }

    /** Bytes of memory that it holds, of whatever kind. */
    public long resident() {
        try {
            String status = Files.readString(Path.of("/proc", Long.toString(machine().pid()), "status"));
            return 1024 * Long.parseLong(status.replaceAll("(?s).*\nVmRSS:\\s+(\\d+) kB.*", "$1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes of its heap that are in use after a full collection. */
    public long heapAfterCollection() {
        try {
            Process histogram = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/jcmd").toString(),
                    Long.toString(machine().pid()), "GC.class_histogram").start(); // collects before it counts
            String[] total = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip()
                    .replaceAll("(?s).*\n", "").split("\\s+"); // Total instances bytes
            return Long.parseLong(total[2]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessHandle machine() {
        return process.stream()
                .flatMap(running -> Stream.concat(running.descendants(), Stream.of(running.toHandle())))
                .filter(handle -> handle.info().command().filter(command -> command.endsWith("/java")).isPresent())
                .findFirst().orElseThrow();
    }

    /** The value of a metric; of the first one, if it has several with different tags. */
    public double metric(String name) {
        try {
            String all = HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/metrics"))
                    .timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString()).body();
            return all.lines().filter(line -> line.startsWith(name + "{") || line.startsWith(name + " ")).findFirst()
                    .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .orElseThrow(() -> new IllegalStateException("no metric " + name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    private ProcessBuilder command(String action) {
        List<String> words = new ArrayList<>(prefix);
        words.add(installation.resolve("bin/server").toString());
        words.add(action);
        words.add("thingport");
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().keySet().removeIf(name -> name.startsWith("THINGPORT_") || name.startsWith("WLP_"));
        builder.environment().putAll(environment);
        return builder;
    }
}
