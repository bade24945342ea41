package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server sends one message to many devices of a product. */
@Tag("once")
@ExtendWith(SharedServer.class)
class BroadcastIT {

    @Test
    void everyConnectedDeviceOfTheProductGetsIt(ThingportServer server, Rest rest, Fleet fleet) throws Exception {
        Device first = fleet.device();
        List<Tool> tools = new ArrayList<>();
        try (Tool stranger = Client.PAHO_5.tool(server, fleet.device().login()).ready()) {
            List<Device> devices = new ArrayList<>();
            for (Client client : Client.values()) {
                Device device = fleet.device(first.productKey());
                devices.add(device);
                tools.add(client.tool(server, device.login()).ready());
            }
            JsonObject answer = broadcast(rest, first, payload("to all")).ok().json();
            assertThat(answer.getInt("sent")).isEqualTo(Client.values().length);
            for (int i = 0; i < devices.size(); i++) {
                Received message = tools.get(i).next();
                assertThat(message.topic()).isEqualTo(devices.get(i).system("broadcast/request/" + answer.getString("messageId")));
                assertThat(message.text()).isEqualTo("to all");
                assertThat(message.qos()).isZero();
            }
            assertThat(stranger.connected()).isTrue();
        } finally {
            tools.forEach(Tool::close);
        }
    }

    @ParameterizedTest
    @EnumSource
    void subscribersOfATopicGetIt(Client client, ThingportServer server, Rest rest, Fleet fleet) throws Exception {
        Device device = fleet.device();
        byte[] most = new byte[64 * 1024];
        try (Tool tool = client.tool(server, device.login()).ready(topic(device, "news/today"));
                Tool other = client.tool(server, fleet.device(device.productKey()).login()).ready()) {
            assertThat(broadcast(rest, device, Json.createObjectBuilder().add("topic", "news/today")
                    .add("payloadBase64", Base64.getEncoder().encodeToString(most))).ok().json().getInt("sent")).isEqualTo(1);
            Received message = tool.next();
            assertThat(message.topic()).isEqualTo(topic(device, "news/today"));
            assertThat(message.payload()).isEqualTo(most);
            assertThat(message.qos()).isZero();
            assertThat(other.connected()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void deviceMayNeitherBroadcastNorHearAnotherProduct(Client client, ThingportServer server, Fleet fleet)
            throws Exception {
        Device device = fleet.device();
        try (Tool tool = client.tool(server, device.login()).ready()) {
            assertThat(tool.subscribe(topic(fleet.device(), "news"))).isEqualTo(client.sees(0x87, 0x80));
            assertThat(tool.publish(topic(device, "news"), 1, "mine")).isEqualTo(client.sees(0x87, 0));
        }
    }

    @Test
    void whatComesTooEarlyIsToldWhenToComeAgain(Rest rest, Fleet fleet) {
        Device device = fleet.device();
        assertThat(broadcast(rest, device, payload("1")).ok().json().getInt("sent")).isZero();
        Rest.Answer refused = broadcast(rest, device, payload("2"));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().getString("code")).isEqualTo("throttled");
        assertThat(Integer.parseInt(refused.response().headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 60);
    }

    @Test
    void rulesOfTheRequest(Rest rest, Fleet fleet) {
        Device device = fleet.device();
        assertThat(broadcast(rest, device, Json.createObjectBuilder()).status()).isEqualTo(400);
        assertThat(broadcast(rest, device, payload("x").add("topic", "a/+")).status()).isEqualTo(400);
        assertThat(broadcast(rest, device, payload("x").add("topic", topic(fleet.device(), "news"))).status()).isEqualTo(422);
        assertThat(broadcast(rest, device, payload("x".repeat(64 * 1024 + 1))).status()).isEqualTo(413);
        assertThat(rest.post("/api/v1/products/a1NoSuch0000/broadcasts", payload("x").build()).json().getString("code"))
                .isEqualTo("product-not-found");
        assertThat(rest.as(fleet.accessKey("manage")).post("/api/v1/products/" + device.productKey() + "/broadcasts",
                payload("x").build()).status()).isEqualTo(403);
    }

    private static JsonObjectBuilder payload(String text) {
        return Json.createObjectBuilder().add("payload", text);
    }

    private static String topic(Device device, String rest) {
        return "/broadcast/" + device.productKey() + "/" + rest;
    }

    private static Rest.Answer broadcast(Rest rest, Device device, JsonObjectBuilder body) {
        return rest.post("/api/v1/products/" + device.productKey() + "/broadcasts", body.build());
    }
}
