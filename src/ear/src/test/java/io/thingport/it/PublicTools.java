package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Clients of the command line that are not ours. Where one is not installed, its test is passed over. */
final class PublicTools {

    private PublicTools() {
    }

    /**
     * Has a device publish with mosquitto_pub.
     *
     * @param way host, port and what it needs below MQTT
     * @return how it ended, and what it said
     */
    static String mosquittoPub(Device device, Login login, List<String> way) throws Exception {
        assumeInstalled("mosquitto_pub");
        List<String> command = new ArrayList<>(List.of("mosquitto_pub", "-i", login.clientId(), "-u", login.userName(),
                "-P", login.password(), "-k", "60", "-q", "1", "-t", device.topic("user/update"), "-m", "{}"));
        command.addAll(way);
        Path said = Files.createTempFile("mosquitto", ".txt");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
        try {
            assertThat(process.waitFor(Deadline.ANSWER.toMillis(), TimeUnit.MILLISECONDS)).as("has ended").isTrue();
            return process.exitValue() + " " + Files.readString(said);
        } finally {
            process.destroyForcibly();
            Files.delete(said);
        }
    }

    /** The first four bytes that come back for a CONNECT through openssl s_client; none when the connection ends. */
    static String openssl(int port, Login login, List<String> options) throws Exception {
        assumeInstalled("openssl");
        List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-quiet", "-connect", "127.0.0.1:" + port));
        command.addAll(options);
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (InputStream answer = process.getInputStream()) {
            try {
                process.getOutputStream().write(RawConnection.connect(4, login));
                process.getOutputStream().flush();
            } catch (IOException ended) {
                // the answer tells
            }
            return HexFormat.ofDelimiter(" ").formatHex(answer.readNBytes(4));
        } finally {
            process.destroyForcibly();
        }
    }

    private static void assumeInstalled(String tool) throws Exception {
        Assumptions.assumeTrue(new ProcessBuilder("sh", "-c", "command -v " + tool)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0, tool + " is not installed");
    }
}
