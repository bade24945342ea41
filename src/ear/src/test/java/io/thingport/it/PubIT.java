package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A server sends a message to a device (Pub). */
@ExtendWith(SharedServer.class)
class PubIT {

    static Stream<Arguments> clientsAndQos() {
        return Stream.of(Client.values()).flatMap(client -> Stream.of(Arguments.of(client, 0), Arguments.of(client, 1)));
    }

    @ParameterizedTest
    @MethodSource("clientsAndQos")
    void textArrivesWithTheQosOfTheSender(Client client, int qos, ThingportServer server, Rest rest, Fleet fleet)
            throws Exception {
        Device device = fleet.device();
        try (Tool tool = client.tool(server, device.login()).ready(device.topic("user/get"))) {
            JsonObject answer = pub(rest, device, message("user/get").add("qos", qos).add("payload", "grüße"));
            assertThat(answer.getString("outcome")).isEqualTo("sent");
            assertThat(answer.getString("messageId")).matches("[0-9]{1,19}");
            Received message = tool.next();
            assertThat(message.topic()).isEqualTo(device.topic("user/get"));
            assertThat(message.text()).isEqualTo("grüße");
            assertThat(message.qos()).isEqualTo(qos);
        }
    }

    @ParameterizedTest
    @EnumSource
    void bytesArriveAsTheyAre(Client client, ThingportServer server, Rest rest, Fleet fleet) throws Exception {
        Device device = fleet.device();
        byte[] bytes = {0, 1, (byte) 0xFF, (byte) 0xC3, 0x28};
        try (Tool tool = client.tool(server, device.login()).ready(device.topic("user/get"))) {
            pub(rest, device, message("user/get").add("payloadBase64", Base64.getEncoder().encodeToString(bytes)));
            assertThat(tool.next().payload()).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PAHO_5", "HIVEMQ_5"})
    void propertiesReachMqtt5(Client client, ThingportServer server, Rest rest, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Tool tool = client.tool(server, device.login()).ready(device.topic("user/get"))) {
            pub(rest, device, withProperties());
            List<String> properties = tool.next().properties();
            assertThat(properties).contains("payload-format=1", "content-type=text/plain",
                    "response-topic=/answers/here", "correlation-data=seven", "user:a=1", "user:b=2", "user:a=3")
                    .anyMatch(p -> p.matches("message-expiry=(600|599|598)"));
            assertThat(properties.stream().filter(p -> p.startsWith("user:")))
                    .containsExactly("user:a=1", "user:b=2", "user:a=3");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PAHO_31", "PAHO_311", "HIVEMQ_311"})
    void propertiesAreLeftOutBefore5(Client client, ThingportServer server, Rest rest, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Tool tool = client.tool(server, device.login()).ready(device.topic("user/get"))) {
            pub(rest, device, withProperties());
            assertThat(tool.next().text()).isEqualTo("with properties");
        }
    }

    @Test
    void absentDeviceHasNoSession(Rest rest, Fleet fleet) {
        JsonObject answer = pub(rest, fleet.device(), message("user/get").add("qos", 1).add("payload", "x"));
        assertThat(answer.getString("outcome")).isEqualTo("no-session");
    }

    @ParameterizedTest
    @EnumSource
    void deviceThatDidNotSubscribeIsToldApart(Client client, ThingportServer server, Rest rest, Fleet fleet)
            throws Exception {
        Device device = fleet.device();
        try (Tool tool = client.tool(server, device.login()).ready()) {
            JsonObject answer = pub(rest, device, message("user/get").add("qos", 1).add("payload", "x"));
            assertThat(answer.getString("outcome")).isEqualTo("not-subscribed");
            assertThat(tool.connected()).isTrue();
        }
    }

    @Test
    void topicThatTheDeviceMayNotSubscribeToIsRefused(Rest rest, Fleet fleet) {
        Device device = fleet.device();
        Rest.Answer answer = rest.post(device.path() + "/messages",
                message("user/update").add("payload", "x").build());
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().getString("code")).isEqualTo("topic-not-permitted");
    }

    /** More than the device's window holds: the rest waits behind it and arrives in order. */
    @ParameterizedTest
    @EnumSource
    void burstArrivesInOrder(Client client, ThingportServer server, Rest rest, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Tool tool = client.tool(server, device.login()).ready(device.topic("user/get"))) {
            for (int i = 0; i < 150; i++) {
                pub(rest, device, message("user/get").add("qos", 1).add("payload", Integer.toString(i)));
            }
            for (int i = 0; i < 150; i++) {
                assertThat(tool.next().text()).isEqualTo(Integer.toString(i));
            }
        }
    }

    /** A device that acknowledges nothing holds its window full; what comes then is stored, and follows in order. */
    @Test
    void behindAFullWindowMessagesAreStored(ThingportServer server, Rest rest, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(RawConnection.connect(4, device.login())).read(4);
            raw.send(RawConnection.subscribe(4, 1, device.topic("user/get"))).readPacket();
            for (int i = 0; i < 100; i++) {
                assertThat(pub(rest, device, message("user/get").add("qos", 1).add("payload", "x"))
                        .getString("outcome")).isEqualTo("sent");
            }
            assertThat(pub(rest, device, message("user/get").add("qos", 1).add("payload", "last"))
                    .getString("outcome")).isEqualTo("stored");
            String first = raw.readPacket();
            for (int i = 1; i < 100; i++) {
                raw.readPacket();
            }
            String packetId = first.split(" 78$")[0].substring(first.split(" 78$")[0].length() - 5);
            raw.send("40 02 " + packetId);
            assertThat(raw.readPacket()).endsWith("6c 61 73 74");
        }
    }

    private static JsonObjectBuilder message(String topic) {
        return Json.createObjectBuilder().add("topic", topic);
    }

    private static JsonObjectBuilder withProperties() {
        return message("user/get").add("payload", "with properties").add("payloadFormat", 1).add("messageExpiry", 600)
                .add("contentType", "text/plain").add("responseTopic", "/answers/here")
                .add("correlationData", Base64.getEncoder().encodeToString("seven".getBytes()))
                .add("userProperties", Json.createArrayBuilder().add(property("a", "1")).add(property("b", "2"))
                        .add(property("a", "3")));
    }

    private static JsonObjectBuilder property(String key, String value) {
        return Json.createObjectBuilder().add("key", key).add("value", value);
    }

    private static JsonObject pub(Rest rest, Device device, JsonObjectBuilder message) {
        return rest.post(device.path() + "/messages", message.build()).ok().json();
    }
}
