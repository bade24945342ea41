package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the image is made of: the archive with the server and the features it needs. */
@Tag("once")
class ArchiveIT {

    private static final String SOMEBODY = "10001";
    private static final String GROUP_OF_ROOT = "0";

    /**
     * As in the image: the installation belongs to root, the server runs as a user who may write to its output folder
     * only. Where the tests do not run as root, it runs as their user.
     */
    @Test
    void unpackedServerRunsWithoutRights() throws Exception {
        Path folder = Files.createTempDirectory("thingport-archive");
        Path output = Files.createDirectory(folder.resolve("output"));
        run("tar", "-xzf", System.getProperty("thingport.it.archive"), "-C", folder.toString());
        boolean root = System.getProperty("user.name").equals("root");
        if (root) {
            run("chmod", "755", folder.toString());
            run("chown", SOMEBODY + ":" + GROUP_OF_ROOT, output.toString());
        }
        List<String> asSomebody = root ? List.of("setpriv", "--reuid", SOMEBODY, "--regid", GROUP_OF_ROOT,
                "--clear-groups", "--no-new-privs") : List.of();
        try (ThingportServer server = ThingportServer.unpacked(folder.resolve("wlp"), output, asSomebody).start()) {
            Device device = new Fleet(server.rest()).device(Map.of("user/both", "ALL"));
            try (Tool tool = Client.PAHO_311.tool(server, device.login()).ready(device.topic("user/both"))) {
                tool.publish(device.topic("user/both"), 1, "from the archive");
                assertThat(tool.next().text()).isEqualTo("from the archive");
            }
            server.stop();
        } finally {
            Folders.delete(folder);
        }
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
    }
}
