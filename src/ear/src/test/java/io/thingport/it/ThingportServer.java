package io.thingport.it;

import io.thingport.bench.ServerProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * A packaged server in a process of its own: on free ports, with logs and data under the tests' directory. It may be
 * stopped or killed and started again; its data stay.
 */
public final class ThingportServer implements AutoCloseable {

    private final ServerProcess process;

    private ThingportServer(ServerProcess process) {
        this.process = process;
    }

    /**
     * The server that the build made, not yet started and without data, on an empty database of the kind that this run is
     * about.
     *
     * @param name     names its directory
     * @param settings configuration keys with their values; Liberty's own variables, too, written like keys
     */
    public static ThingportServer packaged(String name, Map<String, String> settings) {
        Path output = Path.of(System.getProperty("thingport.it.directory"), name);
        Folders.delete(output);
        Map<String, String> all = new HashMap<>(settings.containsKey("thingport.database.url") ? Map.of()
                : Database.OF_THIS_RUN.empty());
        all.putAll(settings);
        return new ThingportServer(new ServerProcess(Path.of(System.getProperty("thingport.it.liberty")), output,
                List.of(), all));
    }

    /**
     * A server unpacked somewhere else.
     *
     * @param output where it writes
     * @param prefix the command that runs the server's command as another user, or nothing
     */
    public static ThingportServer unpacked(Path installation, Path output, List<String> prefix) {
        return new ThingportServer(new ServerProcess(installation, output, prefix, Map.of()));
    }

    /** Changes a setting for the next start. */
    public ThingportServer set(String key, String value) {
        process.set(key, value);
        return this;
    }

    /** Leaves a setting to its default from the next start on. */
    public ThingportServer unset(String key) {
        process.unset(key);
        return this;
    }

    public int httpPort() {
        return process.httpPort();
    }

    public int mqttPort() {
        return process.mqttPort();
    }

    /** Where consumers are awaited. */
    public int amqpPort() {
        return process.amqpPort();
    }

    /** Where consumers are awaited with TLS, if the server has a key store. */
    public int amqpTlsPort() {
        return process.amqpTlsPort();
    }

    /** Starts the process and returns at once. */
    public ThingportServer launch() {
        process.launch();
        return this;
    }

    /** Starts, and waits until devices can connect. */
    public ThingportServer start() {
        launch();
        awaitReady();
        return this;
    }

    /** Waits until devices can connect. */
    public void awaitReady() {
        Awaitility.await("ready, see " + process.output()).atMost(Deadline.START).pollInterval(Duration.ofMillis(100))
                .failFast("the server has ended, see " + process.output(), () -> !process.running())
                .until(() -> health("ready") == 200);
    }

    /** The status of a health check; 0 while nobody answers. */
    public int health(String check) {
        return process.health(check);
    }

    /** The answer of a health check. */
    public HttpResponse<String> healthAnswer(String check) throws IOException {
        return process.healthAnswer(check);
    }

    /** The REST API with the key that the first start made, which may do everything. */
    public Rest rest() {
        return new Rest("http://127.0.0.1:" + httpPort(), firstAccessKey());
    }

    /** {@code id:secret} of the key that the first start made. */
    public String firstAccessKey() {
        return process.firstAccessKey();
    }

    public Path accessKeyFile() {
        return process.accessKeyFile();
    }

    /** Where this server keeps its data. */
    public Path data() {
        return process.data();
    }

    /** Everything that the server has logged and printed so far. */
    public String log() {
        return process.log();
    }

    /** Asks the server to stop, as an operator would, and waits until its process is gone. */
    public void stop() {
        process.stop();
    }

    public boolean running() {
        return process.running();
    }

    /** Kills the process (SIGKILL), if it runs, and waits until it is gone. */
    @Override
    public void close() {
        process.close();
    }
}
