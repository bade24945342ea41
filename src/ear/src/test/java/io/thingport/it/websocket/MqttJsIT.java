package io.thingport.it.websocket;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import com.sun.net.httpserver.HttpServer;
import io.thingport.it.Client;
import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.Login;
import io.thingport.it.Rest;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import io.thingport.it.Tool;
import io.thingport.it.Way;
import jakarta.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** MQTT.js: in Node as a device, in a browser's page as a dashboard. */
@Tag("once")
@ExtendWith(SharedServer.class)
class MqttJsIT {

    private static final Path PAGE = Path.of("../samples/dashboard/index.html");

    @ParameterizedTest
    @CsvSource({"WS, 4", "WS, 5", "WSS, 4", "WSS, 5"})
    void aDeviceInNode(Way way, int level, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device(Map.of("both", "ALL"));
        Login login = device.login();

        String printed = Commands.run("node", "src/test/resources/mqtt-js/device.js", MqttJs.folder().toString(),
                way.url(server), Integer.toString(level), login.clientId(), login.userName(), login.password(),
                device.topic("user/both"), "hello");

        assertThat(printed.strip()).isEqualTo("hello");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "TCP")
    void aDashboardInAPage(Way way, ThingportServer server, Rest rest, Fleet fleet) throws Exception {
        Device device = fleet.device();
        String token = rest.post("/api/v1/tokens", Json.createObjectBuilder()
                .add("products", Json.createArrayBuilder().add(device.productKey()))
                .add("rights", Json.createArrayBuilder(List.of("watch", "status", "publish")))
                .add("lifetimeSeconds", 600).build()).ok().json().getString("token");
        HttpServer pages = pages();
        LaunchOptions options = new LaunchOptions().setExecutablePath(Chromium.executable())
                .setArgs(Stream.concat(Chromium.FLAGS.stream(), Stream.of("--ignore-certificate-errors")).toList());
        try (Playwright playwright = Playwright.create(new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright.chromium().launch(options);
                Tool lamp = Client.PAHO_5.tool(server, device.login(), way)) {
            Page page = browser.newPage();
            page.navigate("http://localhost:" + pages.getAddress().getPort() + "/");
            page.fill("#url", way.url(server));
            page.fill("#productKey", device.productKey());
            page.fill("#token", token);
            page.click("#connect button");
            assertThat(page.locator("#state")).hasText("connected");

            lamp.ready(device.topic("user/get"));
            lamp.publish(device.topic("user/update"), 1, "on");
            assertThat(page.locator("#devices")).containsText("online");
            assertThat(page.locator("#devices")).containsText("on");

            page.fill("#topic", device.topic("user/get"));
            page.fill("#message", "dim");
            page.click("#publish button");
            assertThat(lamp.next().text()).isEqualTo("dim");
            assertThat(page.locator("#result")).hasText("sent");
        } finally {
            pages.stop(0);
        }
    }

    /** Serves the sample page with the script that it needs. */
    private static HttpServer pages() throws IOException, InterruptedException {
        Map<String, byte[]> files = Map.of("/", Files.readAllBytes(PAGE),
                "/mqtt.min.js", Files.readAllBytes(MqttJs.folder().resolve("dist/mqtt.min.js")));
        HttpServer pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        files.forEach((path, content) -> pages.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", path.equals("/") ? "text/html" : "text/javascript");
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        }));
        pages.start();
        return pages;
    }
}
