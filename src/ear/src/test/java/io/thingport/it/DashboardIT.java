package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.util.List;
import java.util.OptionalInt;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Applications that connect over MQTT with a token. */
@Tag("once")
@ExtendWith(SharedServer.class)
class DashboardIT {

    private static final int MANY = 10_000;
    private static final int WINDOW = 100;

    @ParameterizedTest
    @EnumSource
    void itSeesWhatDevicesDoAndSpeaksToThem(Client client, ThingportServer server, Rest rest, Fleet fleet)
            throws Exception {
        Device device = fleet.device();
        Login login = login(rest, device.productKey(), "watch", "status", "publish");
        try (Tool dashboard = client.tool(server, login); Tool lamp = Client.PAHO_5.tool(server, device.login())) {
            assertThat(dashboard.connect()).isZero();
            assertThat(dashboard.subscribe("/" + device.productKey() + "/+/user/#")).isZero();
            assertThat(dashboard.subscribe("/as/mqtt/status/" + device.productKey() + "/+")).isZero();
            lamp.ready(device.topic("user/get"));
            Received online = dashboard.next();
            assertThat(online.topic()).isEqualTo("/as/mqtt/status/" + device.productKey() + "/" + device.name());
            assertThat(online.text()).startsWith("{\"status\":\"online\"");
            lamp.publish(device.topic("user/update"), 1, "on");
            Received update = dashboard.next();
            assertThat(update.topic()).isEqualTo(device.topic("user/update"));
            assertThat(update.text()).isEqualTo("on");
            assertThat(update.qos()).isZero();
            assertThat(dashboard.publish(device.topic("user/get"), 1, "dim")).isZero();
            assertThat(lamp.next().text()).isEqualTo("dim");
        }
    }

    @ParameterizedTest
    @EnumSource
    void itReachesNothingElse(Client client, ThingportServer server, Rest rest, Fleet fleet) throws Exception {
        Device device = fleet.device();
        Device stranger = fleet.device();
        try (Tool dashboard = client.tool(server, login(rest, device.productKey(), "watch", "publish"))) {
            assertThat(dashboard.connect()).isZero();
            assertThat(dashboard.subscribe("/" + stranger.productKey() + "/+/user/#")).isEqualTo(client.sees(0x87, 0x80));
            assertThat(dashboard.subscribe("/+/+/user/#")).isEqualTo(client.sees(0x87, 0x80));
            assertThat(dashboard.subscribe("/as/mqtt/status/" + device.productKey() + "/+"))
                    .isEqualTo(client.sees(0x87, 0x80));
            assertThat(dashboard.publish(stranger.topic("user/get"), 1, "x")).isEqualTo(client.sees(0x87, 0));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PAHO_311", "HIVEMQ_5"})
    void itEndsWithTheAccessKeyOfItsToken(Client client, ThingportServer server, Rest rest, Fleet fleet)
            throws Exception {
        Device device = fleet.device();
        String key = fleet.accessKey("consume");
        Login login = login(rest.as(key), device.productKey(), "watch");
        try (Tool dashboard = client.tool(server, login)) {
            assertThat(dashboard.connect()).isZero();
            rest.delete("/api/v1/access-keys/" + key.substring(0, key.indexOf(':'))).ok();
            assertThat(dashboard.ended()).isEqualTo(client.v5() ? OptionalInt.of(0x87) : OptionalInt.empty());
        }
        try (Tool again = client.tool(server, login)) {
            assertThat(again.connect()).isEqualTo(client.sees(0x87, 5));
        }
    }

    @Test
    void itEndsWithAProductThatItWatches(ThingportServer server, Rest rest, Fleet fleet) throws Exception {
        Device device = fleet.device();
        rest.delete(device.path()).ok();
        try (Tool dashboard = Client.PAHO_5.tool(server, login(rest, device.productKey(), "watch"))) {
            assertThat(dashboard.connect()).isZero();
            assertThat(dashboard.subscribe("/" + device.productKey() + "/+/user/#")).isZero();
            rest.delete("/api/v1/products/" + device.productKey()).ok();
            assertThat(dashboard.ended()).hasValue(0x98);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PAHO_31", "HIVEMQ_311", "PAHO_5"})
    void withoutATokenNobodyIsLetIn(Client client, ThingportServer server) throws Exception {
        try (Tool dashboard = client.tool(server, new Login("page", "token", "1:none", 60))) {
            assertThat(dashboard.connect()).isEqualTo(client.sees(0x86, 4));
        }
    }

    @Test
    void anAccessKeyGivesNoRightThatItHasNot(Rest rest, Fleet fleet) {
        String productKey = fleet.device().productKey();
        assertThat(token(rest.as(fleet.accessKey("consume")), productKey, "publish").status()).isEqualTo(403);
        assertThat(token(rest.as(fleet.accessKey("message")), productKey, "publish").status()).isEqualTo(403);
        assertThat(token(rest, "nothere", "watch").status()).isEqualTo(404);
        assertThat(token(rest, productKey, "all").status()).isEqualTo(400);
    }

    /** It takes nothing of what a device sends; every message is acknowledged all the same. */
    @Test
    void aDashboardThatDoesNotReadHoldsNoDeviceUp(ThingportServer server, Rest rest, Fleet fleet) throws Exception {
        Device device = fleet.device();
        String all = "/" + device.productKey() + "/+/user/#";
        String payload = "x".repeat(2_000);
        double before = lost(rest);
        try (RawConnection dashboard = new RawConnection(server); RawConnection lamp = new RawConnection(server)) {
            dashboard.send(RawConnection.connect(4, login(rest, device.productKey(), "watch")));
            assertThat(dashboard.readPacket()).isEqualTo("20 02 00 00");
            dashboard.send(RawConnection.subscribe(4, 0, all));
            assertThat(dashboard.readPacket()).isEqualTo("90 03 00 0a 00");
            lamp.send(RawConnection.connect(4, device.login()));
            assertThat(lamp.readPacket()).isEqualTo("20 02 00 00");
            for (int sent = 0; sent < MANY; sent += WINDOW) {
                for (int i = 1; i <= WINDOW; i++) {
                    lamp.send(RawConnection.publish(4, 0b0010, device.topic("user/update"), i, payload));
                }
                for (int i = 1; i <= WINDOW; i++) {
                    assertThat(lamp.readPacketBytes()).startsWith(0x40, 2);
                }
            }
            Awaitility.await("some are dropped").atMost(Deadline.ANSWER).until(() -> lost(rest) > before);
        }
    }

    private static double lost(Rest rest) {
        return List.of("thingport_dashboard_drops_total", "thingport_watch_missed_total").stream()
                .mapToDouble(name -> metric(rest, name)).sum();
    }

    private static double metric(Rest rest, String name) {
        return rest.as("").get("/metrics").response().body().lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst().orElseThrow();
    }

    private static Login login(Rest rest, String productKey, String... rights) {
        var token = token(rest, productKey, rights).ok().json();
        return new Login("page", token.getString("userName"), token.getString("token"), 60);
    }

    private static Rest.Answer token(Rest rest, String productKey, String... rights) {
        return rest.post("/api/v1/tokens", Json.createObjectBuilder()
                .add("products", Json.createArrayBuilder().add(productKey))
                .add("rights", Json.createArrayBuilder(List.of(rights))).build());
    }
}
