package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A server is stopped with devices connected and started again; then it is killed and started again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StopAndStartIT {

    private final ThingportServer server = ThingportServer.packaged("stop-and-start", Map.of());
    private final Map<Client, OptionalInt> told = new EnumMap<>(Client.class);
    private final Map<Client, Device> devices = new EnumMap<>(Client.class);
    private Device registeredBeforeTheKill;
    private int waitingAfterTheStop;
    private String accessKey;
    private Duration untilDevicesWereGone;
    private Duration untilTheProcessWasGone;

    @BeforeAll
    void stopAndStart() throws Exception {
        server.start();
        accessKey = server.firstAccessKey();
        Fleet fleet = new Fleet(server.rest());
        Map<Client, Tool> tools = new EnumMap<>(Client.class);
        for (Client client : Client.values()) {
            devices.put(client, fleet.device(Map.of("user/both", "ALL")));
            fleet.subscribe(devices.get(client).productKey(), "DEFAULT_GROUP", "status");
            tools.put(client, client.tool(server, devices.get(client).login()).ready());
        }
        Instant begin = Instant.now();
        Thread stop = new Thread(server::stop);
        stop.start();
        for (Client client : Client.values()) {
            told.put(client, tools.get(client).ended());
        }
        untilDevicesWereGone = Duration.between(begin, Instant.now());
        stop.join();
        untilTheProcessWasGone = Duration.between(begin, Instant.now());
        tools.values().forEach(Tool::close);
        server.start();
        waitingAfterTheStop = new Fleet(server.rest()).waiting("DEFAULT_GROUP");
        registeredBeforeTheKill = new Fleet(server.rest()).device();
        server.close();
        server.start();
    }

    @AfterAll
    void close() {
        server.close();
    }

    @Test
    void devicesAreToldThatTheServerShutsDown() {
        told.forEach((client, reason) -> assertThat(reason).as(client.name())
                .isEqualTo(client.v5() ? OptionalInt.of(0x8B) : OptionalInt.empty()));
    }

    /** What devices have sent last, and that they are offline, still finds the message engine. */
    @Test
    void consumerGroupsAreToldThatAllDevicesAreOffline() {
        assertThat(waitingAfterTheStop).isEqualTo(2 * Client.values().length);
    }

    /** The stop command itself takes a second or two to begin. */
    @Test
    void isGoneWithinFiveSeconds() {
        assertThat(untilDevicesWereGone).isLessThan(Duration.ofSeconds(5));
        assertThat(untilTheProcessWasGone).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void devicesAndTopicClassesAreStillThere() throws Exception {
        for (Client client : Client.values()) {
            Device device = devices.get(client);
            try (Tool tool = client.tool(server, device.login()).ready(device.topic("user/both"))) {
                tool.publish(device.topic("user/both"), 1, "again");
                assertThat(tool.next().text()).isEqualTo("again");
            }
        }
    }

    @Test
    void accessKeyIsStillValidAndNotMadeAnew() {
        assertThat(server.firstAccessKey()).isEqualTo(accessKey);
        JsonObject product = server.rest().get("/api/v1/products/" + devices.get(Client.PAHO_5).productKey()).ok().json();
        assertThat(product.getString("name")).startsWith("Product_");
    }

    /** What the API has confirmed is on disk. */
    @Test
    void deviceOutlivesAKilledServer() throws Exception {
        try (Tool tool = Client.PAHO_5.tool(server, registeredBeforeTheKill.login())) {
            assertThat(tool.connect()).isZero();
        }
    }

    @Test
    void logHasNoErrors() {
        assertThat(server.log().lines().filter(line -> line.matches("\\[.*?\\] [0-9a-f]{8} \\S+ +E .*"))).isEmpty();
    }
}
