package io.thingport.it.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import io.thingport.it.Client;
import io.thingport.it.Deadline;
import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.Login;
import io.thingport.it.Rest;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import io.thingport.it.Tool;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An operator looks at what devices do. */
@Tag("once")
@ExtendWith(SharedServer.class)
class DeviceLogIT {

    @Test
    void aTracedDeviceShowsItsMessagesWithUserPropertiesAndPayload(ThingportServer server, Fleet fleet, Rest rest) {
        Device device = fleet.device();
        rest.send("PUT", device.path() + "/trace", "{\"seconds\": 600, \"payloads\": true}").ok();

        publish(server, device);

        JsonObject entry = newest(rest, device, "publish-up");
        assertThat(entry.getString("topic")).isEqualTo(device.topic("user/update"));
        assertThat(entry.getInt("qos")).isEqualTo(1);
        assertThat(entry.getInt("size")).isEqualTo(5);
        assertThat(entry.getString("payload")).isEqualTo("hello");
        assertThat(entry.getJsonArray("userProperties")).hasToString("[{\"key\":\"k\",\"value\":\"v\"}]");
    }

    @Test
    void theMessagesOfAProductAreLoggedWithoutPayloads(ThingportServer server, Fleet fleet, Rest rest) {
        Device device = fleet.device();
        rest.send("PUT", "/api/v1/products/" + device.productKey() + "/log-level", "{\"level\": \"messages\"}").ok();

        publish(server, device);

        assertThat(newest(rest, device, "publish-up").keySet()).contains("size").doesNotContain("payload", "payloadBase64");
    }

    @Test
    void messagesAreNotLoggedUnlessAskedFor(ThingportServer server, Fleet fleet, Rest rest) {
        Device device = fleet.device();

        publish(server, device);

        newest(rest, device, "disconnect"); // the last that happened
        assertThat(items(rest, device, "publish-up")).isEmpty();
    }

    @Test
    void aTraceLeavesAnEntryInTheAuditTrail(Fleet fleet, Rest rest) {
        Device device = fleet.device();
        rest.send("PUT", device.path() + "/trace", "{}").ok();

        JsonObject entry = rest.get("/api/v1/audit?product=" + device.productKey() + "&action=device.trace.start&limit=1")
                .ok().json().getJsonArray("items").getJsonObject(0);
        assertThat(entry.toString()).contains(device.name());
    }

    @Test
    void aTraceCanBeEnded(Fleet fleet, Rest rest) {
        Device device = fleet.device();
        rest.send("PUT", device.path() + "/trace", "{}").ok();
        rest.delete(device.path() + "/trace").ok();

        assertThat(rest.get(device.path() + "/trace").status()).isEqualTo(404);
    }

    @Test
    void whoFollowsADeviceSeesItConnect(ThingportServer server, Fleet fleet, Rest rest) throws Exception {
        Device device = fleet.device();
        try (Watching watching = new Watching(server, server.firstAccessKey(), device.path() + "/log/events", Optional.empty());
                Tool tool = Client.PAHO_311.tool(server, device.login()).ready()) {
            Event event = watching.next();

            assertThat(event.name()).isEqualTo("log");
            assertThat(event.data().getString("kind")).isEqualTo("connect");
        }
    }

    private static void publish(ThingportServer server, Device device) {
        Login login = device.login();
        Mqtt5BlockingClient client = Mqtt5Client.builder().serverHost("127.0.0.1").serverPort(server.mqttPort())
                .identifier(login.clientId()).buildBlocking();
        client.connectWith().simpleAuth().username(login.userName())
                .password(login.password().getBytes(StandardCharsets.UTF_8)).applySimpleAuth().send();
        client.publishWith().topic(device.topic("user/update")).qos(MqttQos.AT_LEAST_ONCE)
                .payload("hello".getBytes(StandardCharsets.UTF_8))
                .userProperties().add("k", "v").applyUserProperties().send();
        client.disconnect();
    }

    private static JsonObject newest(Rest rest, Device device, String kind) {
        await().atMost(Deadline.ANSWER).untilAsserted(() -> assertThat(items(rest, device, kind)).isNotEmpty());
        return items(rest, device, kind).getJsonObject(0);
    }

    private static JsonArray items(Rest rest, Device device, String kind) {
        return rest.get(device.path() + "/log?kind=" + kind).ok().json().getJsonArray("items");
    }
}
