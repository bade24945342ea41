package io.thingport.it.mqtt5;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Client;
import io.thingport.it.Deadline;
import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.Login;
import io.thingport.it.RawConnection;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import io.thingport.it.Tool;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** 3.x and 5.0 on either side of one message: a device that comes back with another version finds its session. */
@Tag("once")
@ExtendWith(SharedServer.class)
class VersionsIT {

    private static final int V311 = 4;

    /** What 3.x cannot carry stays behind. */
    @ParameterizedTest
    @ValueSource(ints = {3, V311})
    void messageOf5LosesItsPropertiesFor3x(int level, ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        try (Wire wire = Wire.kept(server, device).subscribed(topic)) {
            wire.send(Bytes.publish1(topic, 1, "x", Property.user("a", "b"), Property.CONTENT_TYPE.of("text/plain"),
                    Property.MESSAGE_EXPIRY_INTERVAL.of(600), Property.RESPONSE_TOPIC.of("/a")));
            wire.next(Packet.PUBLISH);
            wire.next(Packet.PUBACK);
        }
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(RawConnection.connect(level, device.login().keeping())).read(4);
            byte[] publish = raw.readPacketBytes();
            int packetId = publish[4 + topic.length()] << 8 | publish[5 + topic.length()];
            assertThat(publish).isEqualTo(RawConnection.publish(level, 0b1010, topic, packetId, "x"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, V311})
    void messageOf3xHasNoPropertiesFor5(int level, ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(RawConnection.connect(level, device.login().keeping())).read(4);
            raw.send(RawConnection.subscribe(level, 1, topic)).readPacket();
            raw.send(RawConnection.publish(level, 0b0010, topic, 1, "x")).readPacket();
            raw.readPacket();
        }
        try (Wire wire = Wire.kept(server, device)) {
            Packet publish = wire.next(Packet.PUBLISH);
            assertThat(publish.payload()).isEqualTo("x");
            assertThat(publish.properties()).isEmpty();
        }
    }

    /** Each version gets of one Pub what it can carry. */
    @Test
    void pubWithPropertiesReachesBoth(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        String topic = device.topic("user/get");
        JsonObject message = Pub.message("x").add("qos", 0).add("payloadFormat", 1).add("contentType", "text/plain")
                .add("responseTopic", "/a/b").add("correlationData", "AP8=").add("messageExpiry", 600)
                .add("userProperties", Json.createArrayBuilder().add(Json.createObjectBuilder().add("key", "k")
                        .add("value", "v"))).build();
        try (Wire wire = Wire.clean(server, device).subscribed(topic)) {
            Pub.send(server.rest(), device, Json.createObjectBuilder(message));
            assertThat(wire.next(Packet.PUBLISH).properties()).containsExactly("PAYLOAD_FORMAT_INDICATOR=1",
                    "MESSAGE_EXPIRY_INTERVAL=600", "CONTENT_TYPE=text/plain", "RESPONSE_TOPIC=/a/b",
                    "CORRELATION_DATA=00ff", "USER_PROPERTY=k:v");
        }
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(RawConnection.connect(V311, device.login())).read(4);
            raw.send(RawConnection.subscribe(V311, 1, topic)).readPacket();
            Pub.send(server.rest(), device, Json.createObjectBuilder(message));
            assertThat(raw.readPacketBytes()).isEqualTo(RawConnection.publish(V311, 0, topic, 0, "x"));
        }
    }

    /** The expiry binds the platform, whatever the device can be told. */
    @Test
    void expiryIsHonouredFor3x(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        Login login = device.login().keeping();
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(RawConnection.connect(V311, login)).read(4);
            raw.send(RawConnection.subscribe(V311, 1, device.topic("user/get"))).readPacket();
        }
        Pub.send(server.rest(), device, Pub.message("expires").add("messageExpiry", 1));
        Pub.send(server.rest(), device, Pub.message("stays").add("messageExpiry", 600));
        Awaitility.await().atMost(Deadline.ANSWER).untilAsserted(() -> {
            try (RawConnection raw = new RawConnection(server)) {
                raw.send(RawConnection.connect(V311, login)).read(4);
                assertThat(new String(raw.readPacketBytes(), StandardCharsets.UTF_8)).endsWith("stays");
            }
        });
    }

    /** With each client library of 5.0, from Pub to the application's callback and back. */
    @ParameterizedTest
    @EnumSource(names = {"PAHO_5", "HIVEMQ_5"})
    void pubWithPropertiesReachesAClientLibrary(Client client, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Tool tool = client.tool(server, device.login()).ready(device.topic("user/get"))) {
            Pub.send(server.rest(), device, Pub.message("x").add("contentType", "text/plain")
                    .add("correlationData", "NDI=").add("responseTopic", "/a/b"));
            assertThat(tool.next().properties()).containsExactly("content-type=text/plain", "response-topic=/a/b",
                    "correlation-data=42");
        }
    }
}
