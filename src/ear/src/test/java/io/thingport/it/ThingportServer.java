package io.thingport.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A packaged server in a process of its own: on free ports, with logs and data under the tests' directory. It may be
 * stopped and started again; its data stay.
 */
final class ThingportServer implements AutoCloseable {

    private final Path installation;
    private final Path output;
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> prefix;
    private final int httpPort = freePort();
    private final int mqttPort;
    private Process process;

    private ThingportServer(Path installation, Path output, List<String> prefix, Map<String, String> settings) {
        this.installation = installation;
        this.output = output;
        this.prefix = List.copyOf(prefix);
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("WLP_OUTPUT_DIR", output.toString());
        environment.put("THINGPORT_HTTP_PORT", Integer.toString(httpPort));
        environment.put("THINGPORT_HTTPS_PORT", "-1");
        environment.put("THINGPORT_MQTT_HOST", "127.0.0.1");
        environment.put("THINGPORT_MQTT_PORT", Integer.toString(freePort()));
        settings.forEach((key, value) -> environment.put(key.toUpperCase().replaceAll("[^A-Z0-9]", "_"), value));
        Runtime.getRuntime().addShutdownHook(new Thread(this::close)); // a test run that is broken off leaves no server
        mqttPort = Integer.parseInt(environment.get("THINGPORT_MQTT_PORT").replaceAll("\\D", "0"));
    }

    /**
     * The server that the build made, not yet started and without data.
     *
     * @param name     names its directory
     * @param settings configuration keys with their values; Liberty's own variables, too, written like keys
     */
    static ThingportServer packaged(String name, Map<String, String> settings) {
        Path output = Path.of(System.getProperty("thingport.it.directory"), name);
        Folders.delete(output);
        return new ThingportServer(Path.of(System.getProperty("thingport.it.liberty")), output, List.of(), settings);
    }

    /**
     * A server unpacked somewhere else.
     *
     * @param output where it writes
     * @param prefix the command that runs the server's command as another user, or nothing
     */
    static ThingportServer unpacked(Path installation, Path output, List<String> prefix) {
        return new ThingportServer(installation, output, prefix, Map.of());
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int httpPort() {
        return httpPort;
    }

    int mqttPort() {
        return mqttPort;
    }

    /** Starts the process and returns at once. */
    ThingportServer launch() {
        try {
            Files.createDirectories(output);
            process = command("run").redirectErrorStream(true)
                    .redirectOutput(Files.createTempFile(output, "console", ".log").toFile()).start();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts, and waits until devices can connect. */
    ThingportServer start() {
        launch();
        Awaitility.await("ready, see " + output).atMost(Deadline.START).pollInterval(Duration.ofMillis(100))
                .failFast("the server has ended, see " + output, () -> !process.isAlive())
                .until(() -> health("ready") == 200);
        return this;
    }

    /** The status of a health check; 0 while nobody answers. */
    int health(String check) {
        try {
            return healthAnswer(check).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** The answer of a health check. */
    HttpResponse<String> healthAnswer(String check) throws IOException {
        try {
            return HttpClient.newHttpClient().send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/health/" + check)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The REST API with the key that the first start made, which may do everything. */
    Rest rest() {
        return new Rest("http://127.0.0.1:" + httpPort, firstAccessKey());
    }

    /** {@code id:secret} of the key that the first start made. */
    String firstAccessKey() {
        try {
            return Files.readString(accessKeyFile()).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path accessKeyFile() {
        return data().resolve("access-key");
    }

    /** Where this server keeps its data. */
    Path data() {
        return output.resolve("thingport/data");
    }

    /** Everything that the server has logged and printed so far. */
    String log() {
        StringBuilder all = new StringBuilder();
        try (var files = Files.walk(output)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".log")).toList()) {
                all.append(Files.readString(file)).append('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toString();
    }

    /** Asks the server to stop, as an operator would, and waits until its process is gone. */
    void stop() {
        try {
            Process stop = command("stop").redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            if (!stop.waitFor(60, TimeUnit.SECONDS) || !process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("does not stop, see " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean running() {
        return process != null && process.isAlive();
    }

    /** Kills the process, if it runs, and waits until it is gone. */
    @Override
    public void close() {
        if (running()) {
            List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
            all.forEach(ProcessHandle::destroyForcibly);
            all.forEach(handle -> handle.onExit().join());
        }
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
