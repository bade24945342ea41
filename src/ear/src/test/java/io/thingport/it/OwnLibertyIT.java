package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The EAR on a Liberty of one's own, set up as the README says and with the settings' defaults. */
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnLibertyIT {

    private ThingportServer own;

    @BeforeAll
    void start() throws Exception {
        Path user = Path.of(System.getProperty("thingport.it.directory"), "own-liberty-user");
        Path server = user.resolve("servers/thingport");
        Files.createDirectories(server.resolve("apps"));
        Files.createDirectories(server.resolve("jdbc"));
        Files.writeString(server.resolve("server.xml"), "<server>\n" + fragment()
                + "\n<httpEndpoint id=\"defaultHttpEndpoint\" httpPort=\"${thingport.http.port}\" httpsPort=\"-1\"/>\n</server>\n");
        Path packaged = Path.of(System.getProperty("thingport.it.liberty"), "usr/servers/thingport");
        link(server.resolve("apps/thingport.ear"), Path.of(System.getProperty("thingport.it.ear")));
        link(server.resolve("jdbc/h2.jar"), packaged.resolve("jdbc/h2.jar"));
        own = ThingportServer.packaged("own-liberty", Map.of("wlp.user.dir", user.toString()))
                .unset("thingport.rate.connects-per-device").start();
    }

    @AfterAll
    void stop() {
        own.stop();
    }

    @Test
    void fragmentOfTheReadmeIsEnough() throws Exception {
        Device device = new Fleet(own.rest()).device(Map.of("user/both", "ALL"));
        try (Tool tool = Client.HIVEMQ_5.tool(own, device.login()).ready(device.topic("user/both"))) {
            tool.publish(device.topic("user/both"), 1, "at home");
            assertThat(tool.next().text()).isEqualTo("at home");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSixthConnectInAMinuteIsRefused(Client client) throws Exception {
        Device device = new Fleet(own.rest()).device();
        for (int i = 0; i < 5; i++) {
            client.tool(own, device.login()).ready().close();
        }
        try (Tool sixth = client.tool(own, device.login())) {
            assertThat(sixth.connect()).isEqualTo(client.sees(0x9F, 3));
        }
    }

    private static String fragment() throws Exception {
        Matcher fragment = Pattern.compile("(?s)```xml\\n(.*?)```").matcher(Files.readString(Path.of("../../README.md")));
        assertThat(fragment.find()).isTrue();
        return fragment.group(1);
    }

    private static void link(Path link, Path target) throws Exception {
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, target);
    }
}
