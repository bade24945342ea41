package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the image is made of: the archive with the server and the features it needs. */
class ArchiveIT {

    private static final String NOBODY = "65534";

    /** Unpacked to an empty folder and started as a user without rights; as whoever runs the tests if that is not root. */
    @Test
    void unpackedServerRunsWithoutRights() throws Exception {
        Path folder = Files.createTempDirectory("thingport-archive");
        run("tar", "-xzf", System.getProperty("thingport.it.archive"), "-C", folder.toString());
        boolean root = System.getProperty("user.name").equals("root");
        List<String> asNobody = root
                ? List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", "--no-new-privs") : List.of();
        if (root) {
            run("chown", "-R", NOBODY + ":" + NOBODY, folder.toString());
        }
        try (ThingportServer server = ThingportServer.unpacked(folder.resolve("wlp"), asNobody).start()) {
            Device device = new Fleet(server.rest()).device(Map.of("user/both", "ALL"));
            try (Tool tool = Client.PAHO_311.tool(server, device.login()).ready(device.topic("user/both"))) {
                tool.publish(device.topic("user/both"), 1, "from the archive");
                assertThat(tool.next().text()).isEqualTo("from the archive");
            }
            server.stop();
        } finally {
            run("rm", "-rf", folder.toString());
        }
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
    }
}
