package io.thingport.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An Artemis broker in a process of its own, that can be killed, paused and started again on its journal. For one thread. */
final class EngineProcess implements AutoCloseable {

    private final Path folder;
    private final int port = ServerProcess.freePort();
    private Process process;

    /** Starts it. */
    EngineProcess(Path folder) {
        this.folder = folder;
        launch();
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill)); // a run that is broken off leaves no broker
    }

    int port() {
        return port;
    }

    /** Starts it again. */
    void launch() {
        try {
            Files.createDirectories(folder);
            process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx256m",
                    "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), EngineProgram.class.getName(),
                    Integer.toString(port), folder.toString()).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("console.log").toFile())).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** It stands still until {@link #resume}: connections stay, and nothing answers. */
    void pause() {
        signal("STOP");
    }

    void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
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
}
