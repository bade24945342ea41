package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each of the common causes for which a device does not connect is told by one query of the device log. */
@Tag("once")
@ExtendWith(SharedServer.class)
class WhyNotConnectIT {

    private static final String LAST_FAILURE = "/log?outcome=failure&limit=1";

    @Test
    void theDeviceIsUnknown(ThingportServer server, Fleet fleet, Rest rest) throws Exception {
        Device unknown = new Device(fleet.device().productKey(), "nobody-knows", "00000000000000000000000000000000");
        refused(server, unknown.login());

        tells(rest, unknown, 400, "unknown device");
    }

    @Test
    void theProductIsUnknown(ThingportServer server, Fleet fleet, Rest rest) throws Exception {
        Device elsewhere = new Device("a1WhyNot00", "lamp-01", fleet.device().secret());
        refused(server, elsewhere.login());

        tells(rest, elsewhere, 6250, "unknown product");
    }

    @Test
    void theSecretIsWrong(ThingportServer server, Fleet fleet, Rest rest) throws Exception {
        Device device = fleet.device();
        refused(server, new Device(device.productKey(), device.name(), "wrong").login());

        tells(rest, device, 6600, "wrong signature");
    }

    @Test
    void theDeviceIsDisabled(ThingportServer server, Fleet fleet, Rest rest) throws Exception {
        Device device = fleet.device();
        rest.send("POST", device.path() + "/disable", "").ok();
        refused(server, device.login());

        tells(rest, device, 400, "the device is disabled");
    }

    @Test
    void theClientIdHasNoParameters(ThingportServer server, Fleet fleet, Rest rest) throws Exception {
        Device device = fleet.device();
        refused(server, device.login().clientId("lamp"));

        tells(rest, device, 460, "has no |");
    }

    @Test
    void theUserNameHasNoProduct(ThingportServer server, Fleet fleet, Rest rest) throws Exception {
        Device device = fleet.device();
        refused(server, device.login().userName(device.name()));

        tells(rest, "/api/v1/log?address=127.0.0.1&keyword=" + device.name() + "&outcome=failure&limit=1", 460, "has no &");
    }

    @Test
    void theSignMethodIsUnknown(ThingportServer server, Fleet fleet, Rest rest) throws Exception {
        Device device = fleet.device();
        refused(server, device.login().clientId("it|securemode=3,signmethod=sha512,timestamp=1|"));

        tells(rest, device, 6292, "signmethod");
    }

    @Test
    void theKeepAliveIsTooShort(ThingportServer server, Fleet fleet, Rest rest) throws Exception {
        Device device = fleet.device();
        refused(server, device.login().keepAlive(10));

        tells(rest, device, 460, "30 to 1200 seconds");
    }

    @Test
    void anotherHasTheSameIdentity(ThingportServer server, Fleet fleet, Rest rest) throws Exception {
        Device device = fleet.device();
        try (Tool first = Client.PAHO_311.tool(server, device.login()).ready();
                Tool second = Client.HIVEMQ_5.tool(server, device.login()).ready()) {
            first.ended();

            tells(rest, device, 427, "Kicked by the same device");
        }
    }

    @Test
    void userPropertiesOfConnectAreSeen(ThingportServer server, Fleet fleet, Rest rest) {
        Device device = fleet.device();
        Login login = device.login();
        Mqtt5BlockingClient client = Mqtt5Client.builder().serverHost("127.0.0.1").serverPort(Way.TCP.port(server))
                .identifier(login.clientId()).buildBlocking();
        client.connectWith().simpleAuth().username(login.userName())
                .password(login.password().getBytes(StandardCharsets.UTF_8)).applySimpleAuth()
                .userProperties().add("firmware", "1.4.2").applyUserProperties().send();
        client.disconnect();

        await().atMost(Deadline.ANSWER).untilAsserted(() -> assertThat(newest(rest, device.path()
                + "/log?kind=connect&limit=1").getJsonArray("userProperties")).hasToString(
                "[{\"key\":\"firmware\",\"value\":\"1.4.2\"}]"));
    }

    private static void refused(ThingportServer server, Login login) throws Exception {
        try (Tool tool = Client.PAHO_311.tool(server, login)) {
            assertThat(tool.connect()).isNotZero();
        }
    }

    private static void tells(Rest rest, Device device, int code, String reason) {
        tells(rest, device.path() + LAST_FAILURE, code, reason);
    }

    private static void tells(Rest rest, String query, int code, String reason) {
        await().atMost(Deadline.ANSWER).untilAsserted(() -> {
            JsonObject entry = newest(rest, query);
            assertThat(entry.getString("reason")).contains(reason);
            assertThat(entry.getInt("code")).isEqualTo(code);
        });
    }

    private static JsonObject newest(Rest rest, String query) {
        assertThat(rest.get(query).ok().json().getJsonArray("items")).isNotEmpty();
        return rest.get(query).ok().json().getJsonArray("items").getJsonObject(0);
    }
}
