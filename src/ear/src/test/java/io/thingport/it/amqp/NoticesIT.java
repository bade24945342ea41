package io.thingport.it.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thingport.it.Client;
import io.thingport.it.Deadline;
import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.Rest;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import io.thingport.it.Tool;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What consumers are told of devices. */
@Tag("once")
@ExtendWith(SharedServer.class)
class NoticesIT {

    @Test
    void comingAndGoingIsToldInItsOrder(ThingportServer server, Rest rest) throws Exception {
        Groups groups = new Groups(rest);
        String group = groups.group();
        Device device = new Fleet(rest).device();
        groups.subscribe(device.productKey(), List.of("status"), List.of(group));
        try (Tool first = Client.HIVEMQ_5.tool(server, device.login()).ready();
                Tool second = Client.PAHO_311.tool(server, device.login()).ready()) {
            assertThat(first.ended()).hasValue(0x8E);
            assertThat(second.connected()).isTrue();
        }
        try (Consumer consumer = ConsumerClient.QPID_JMS.connect(server, login(server, group))) {
            JsonObject online = next(consumer, "/as/mqtt/status/" + device.productKey() + "/" + device.name());
            assertThat(online.keySet()).containsExactly("status", "iotId", "productKey", "deviceName", "time", "utcTime",
                    "lastTime", "utcLastTime", "clientIp");
            assertThat(online.getString("status")).isEqualTo("online");
            assertThat(online.getString("iotId")).isEqualTo(rest.get(device.path()).ok().json().getString("iotId"));
            assertThat(online.getString("clientIp")).isEqualTo("127.0.0.1");
            JsonObject takenOver = next(consumer, "/as/mqtt/status/" + device.productKey() + "/" + device.name());
            assertThat(takenOver.getString("status")).isEqualTo("offline");
            assertThat(takenOver.getInt("offlineReasonCode")).isEqualTo(427);
            JsonObject again = next(consumer, "/as/mqtt/status/" + device.productKey() + "/" + device.name());
            assertThat(again.getString("status")).isEqualTo("online");
            assertThat(Instant.parse(again.getString("utcTime"))).isAfterOrEqualTo(
                    Instant.parse(takenOver.getString("utcTime")));
            JsonObject gone = next(consumer, "/as/mqtt/status/" + device.productKey() + "/" + device.name());
            assertThat(gone.getInt("offlineReasonCode")).isEqualTo(200);
        }
    }

    @Test
    void theLifeOfADeviceIsTold(ThingportServer server, Rest rest) throws Exception {
        Groups groups = new Groups(rest);
        String group = groups.group();
        Fleet fleet = new Fleet(rest);
        String productKey = fleet.device().productKey();
        groups.subscribe(productKey, List.of("lifecycle"), List.of(group));
        Device device = fleet.device(productKey);
        String iotId = rest.get(device.path()).ok().json().getString("iotId");
        rest.send("POST", device.path() + "/disable", "").ok();
        rest.send("POST", device.path() + "/enable", "").ok();
        rest.delete(device.path()).ok();
        try (Consumer consumer = ConsumerClient.PROTONJ2.connect(server, login(server, group))) {
            String topic = "/" + productKey + "/" + device.name() + "/thing/lifecycle";
            for (String action : List.of("create", "disable", "enable", "delete")) {
                JsonObject told = next(consumer, topic);
                assertThat(told.keySet()).containsExactly("action", "iotId", "productKey", "deviceName", "deviceSecret",
                        "messageCreateTime");
                assertThat(told.getString("action")).isEqualTo(action);
                assertThat(told.getString("iotId")).isEqualTo(iotId);
                assertThat(told.getString("deviceSecret")).isEqualTo(action.equals("create") ? device.secret() : "");
            }
        }
    }

    @Test
    void theStatusOfAGroupSaysWhoIsConnected(ThingportServer server, Rest rest) throws Exception {
        String group = new Groups(rest).group();
        String path = "/api/v1/consumer-groups/" + group + "/status";
        try (Consumer consumer = ConsumerClient.PROTONJ2.connect(server, login(server, group))) {
            await().atMost(Deadline.ANSWER).until(() -> !rest.get(path).ok().json().getJsonArray("consumers").isEmpty());
            JsonObject connected = rest.get(path).ok().json().getJsonArray("consumers").getJsonObject(0);

            assertThat(connected.getString("clientId")).isEqualTo("server-1");
            assertThat(connected.getString("address")).matches("127\\.0\\.0\\.1:\\d+");
            assertThat(Instant.parse(connected.getString("connectedAt"))).isBefore(Instant.now());
        }
    }

    @Test
    void aDeletedGroupHoldsUpNoOther(ThingportServer server, Rest rest) throws Exception {
        Groups groups = new Groups(rest);
        String deleted = groups.group();
        String other = groups.group();
        Device device = groups.device(deleted, other);
        try (Tool tool = Client.HIVEMQ_5.tool(server, device.login()).ready()) {
            rest.delete("/api/v1/consumer-groups/" + deleted).ok();
            tool.publish(device.topic("user/update"), 1, "for the other");
        }
        assertThat(groups.waiting(other)).isEqualTo(1);
    }

    private static ConsumerLogin login(ThingportServer server, String group) {
        return ConsumerLogin.of("server-1", server.firstAccessKey(), group);
    }

    private static JsonObject next(Consumer consumer, String topic) throws Exception {
        Delivered message = consumer.next();
        message.accept();
        assertThat(message.properties()).containsEntry("topic", topic).containsEntry("qos", 1);
        try (var reader = Json.createReader(new StringReader(message.text()))) {
            return reader.readObject();
        }
    }
}
