package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The lines that the start command prints work when they are pasted into a shell. */
@Tag("once")
@ExtendWith(SharedServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TourIT {

    private static final File TOP = new File("../..");

    @TempDir
    private Path output;
    private List<String> tour;

    @BeforeAll
    void takeTheTourTwice(ThingportServer server) throws Exception {
        printTour(server);
        tour = printTour(server);
    }

    private List<String> printTour(ThingportServer server) throws Exception {
        Path printed = Path.of(System.getProperty("thingport.it.directory"), "tour.txt");
        Process process = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "src/ear/src/tour/Tour.java",
                Integer.toString(server.httpPort()), Integer.toString(server.mqttPort()),
                server.accessKeyFile().toString(), TlsFiles.rootFile().toString(), "no.log").directory(TOP).redirectErrorStream(true)
                .redirectOutput(printed.toFile()).start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        List<String> lines = Files.readAllLines(printed);
        assertThat(process.exitValue()).as(String.join("\n", lines)).isZero();
        return lines;
    }

    @Test
    void lastLineSaysWhereItListens(ThingportServer server) {
        assertThat(tour.get(tour.size() - 1)).contains("listens").contains(Integer.toString(server.mqttPort()))
                .contains("http://127.0.0.1:" + server.httpPort());
    }

    @Test
    void deviceInJavaAnswersTheCall() throws Exception {
        Path said = output.resolve("lamp");
        Process lamp = start(line("java -cp "), said);
        try {
            await().atMost(Deadline.START).until(() -> Files.readString(said).contains("connected as"));
            assertThat(run(line("/rrpc"))).contains("\"outcome\":\"success\"").contains("the lamp heard: are you on?");
        } finally {
            end(lamp);
        }
    }

    @Test
    void mosquittoSubSeesWhatCurlSends() throws Exception {
        assumeMosquitto();
        Path said = output.resolve("sub");
        Process sub = start(line("mosquitto_sub "), said);
        try {
            await().atMost(Deadline.ANSWER).until(() -> run(line("/messages")).contains("\"outcome\":\"sent\""));
            await().atMost(Deadline.ANSWER).until(() -> Files.readString(said).contains("/user/get light up"));
        } finally {
            end(sub);
        }
    }

    @Test
    void mosquittoPubIsAcknowledged() throws Exception {
        assumeMosquitto();
        assertThat(run(line("mosquitto_pub -h"))).contains("received PUBACK");
    }

    @Test
    void mosquittoPubIsAcknowledgedOverTls() throws Exception {
        assumeMosquitto();
        assertThat(run(line("mosquitto_pub --cafile"))).contains("received PUBACK");
    }

    @Test
    void watcherSeesWhatMosquittoPubSends() throws Exception {
        assumeMosquitto();
        Path said = output.resolve("events");
        Process watcher = start(line("/events"), said);
        try {
            await().atMost(Deadline.ANSWER).until(() -> {
                run(line("mosquitto_pub -h"));
                return Files.readString(said).contains("event: message");
            });
            assertThat(Files.readString(said)).contains("/user/update");
        } finally {
            end(watcher);
        }
    }

    private static void assumeMosquitto() throws Exception {
        Assumptions.assumeTrue(new ProcessBuilder("bash", "-c", "command -v mosquitto_pub mosquitto_sub").start().waitFor() == 0,
                "mosquitto-clients is not installed");
    }

    /** The one printed command that contains a text. */
    private String line(String part) {
        List<String> found = tour.stream().filter(l -> l.contains(part))
                .filter(l -> l.matches("(curl|java|mosquitto_pub|mosquitto_sub) .*")).toList();
        assertThat(found).as(part).hasSize(1);
        return found.get(0);
    }

    private static Process start(String line, Path said) throws Exception {
        return new ProcessBuilder("bash", "-c", "exec " + line).directory(TOP).redirectErrorStream(true)
                .redirectOutput(said.toFile()).start();
    }

    private static void end(Process process) throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    private String run(String line) throws Exception {
        Path said = output.resolve("run");
        Process process = start(line, said);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return Files.readString(said);
    }
}
