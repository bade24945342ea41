package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.thingport.bench.Postgres;
import jakarta.json.Json;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A server is started without its database; then the database comes, goes, hangs and refuses to be written. */
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DatabaseAwayIT {

    private static final Path DIRECTORY = Path.of(System.getProperty("thingport.it.directory"), "database-away-data");

    private Postgres postgres;
    private ThingportServer server;

    @BeforeAll
    void start() {
        Folders.delete(DIRECTORY);
        postgres = new Postgres(DIRECTORY);
        server = ThingportServer.packaged("database-away", Database.settings(postgres, postgres.url())).launch();
    }

    @AfterAll
    void close() {
        server.close();
        postgres.close();
    }

    @Test
    @Order(1)
    void startsWithoutItAndSaysWhatItWaitsFor() throws Exception {
        await().atMost(Deadline.START).until(() -> server.health("live") == 200);
        HttpResponse<String> ready = server.healthAnswer("ready");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).contains("the database does not answer");
        assertThat(server.health("started")).isEqualTo(503);
        assertThat(server.log()).contains("the database does not answer, devices and callers have to wait");
    }

    @Test
    @Order(2)
    void refusesDevicesAndCallersUntilItComes() {
        assertThatThrownBy(() -> new RawConnection(server)).isInstanceOf(ConnectException.class);
        assertUnavailable("unavailable", new Rest("http://127.0.0.1:" + server.httpPort(), "id:secret")
                .get("/api/v1/products"));
    }

    @Test
    @Order(3)
    void goesOnByItselfWhenItComes() throws Exception {
        postgres.start();
        server.awaitReady();
        assertThat(server.health("started")).isEqualTo(200);
        assertServes();
    }

    @Test
    @Order(4)
    void survivesItsCrash() throws Exception {
        postgres.crash();
        assertUnavailable("database-unavailable", server.rest().get("/api/v1/products"));
        assertThat(server.health("ready")).isEqualTo(503);
        postgres.start();
        server.awaitReady();
        assertServes();
    }

    @Test
    @Order(5)
    void answersInBoundedTimeWhileItHangs() throws Exception {
        postgres.pause();
        try {
            Instant begin = Instant.now();
            assertUnavailable("database-unavailable", server.rest().get("/api/v1/products"));
            assertThat(Duration.between(begin, Instant.now())).isLessThan(Deadline.DATABASE);
            assertThat(server.health("ready")).isEqualTo(503);
            assertThat(server.health("live")).isEqualTo(200);
        } finally {
            postgres.resume();
        }
        server.awaitReady();
        assertServes();
    }

    @Test
    @Order(6)
    void readsWhileItCannotBeWritten() throws Exception {
        postgres.readOnly(true);
        assertUnavailable("database-unavailable", server.rest().post("/api/v1/products",
                Json.createObjectBuilder().add("name", "never_made").build()));
        assertThat(server.rest().get("/api/v1/products").status()).isEqualTo(200);
        postgres.readOnly(false);
        assertServes();
    }

    private void assertServes() throws Exception {
        Device device = new Fleet(server.rest()).device(Map.of("user/both", "ALL"));
        try (Tool tool = Client.PAHO_5.tool(server, device.login()).ready(device.topic("user/both"))) {
            tool.publish(device.topic("user/both"), 1, "there again");
            assertThat(tool.next().text()).isEqualTo("there again");
        }
    }

    private static void assertUnavailable(String code, Rest.Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().getString("code")).isEqualTo(code);
    }
}
