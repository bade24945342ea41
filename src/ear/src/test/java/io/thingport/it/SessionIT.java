package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that outlive their connection. */
@ExtendWith(SharedServer.class)
class SessionIT {

    @ParameterizedTest
    @EnumSource
    void whatWasSentToAnAbsentDeviceComesWhenItIsBack(Client client, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        client.tool(server, device.login().keeping()).ready(device.topic("user/get")).close();
        for (int i = 0; i < 20; i++) {
            assertThat(publish(server, device, Integer.toString(i))).isEqualTo("stored");
        }
        try (Tool again = client.tool(server, device.login().keeping()).ready()) {
            assertThat(publish(server, device, "20")).as("behind those still on their way").isIn("sent", "stored");
            List<String> came = new ArrayList<>();
            for (int i = 0; i <= 20; i++) {
                came.add(again.next().text());
            }
            assertThat(came).isEqualTo(IntStream.rangeClosed(0, 20).mapToObj(Integer::toString).toList());
        }
    }

    /** 3.1 has no such flag. */
    @ParameterizedTest
    @EnumSource
    void theDeviceIsToldThatItsSessionIsThere(Client client, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Tool first = client.tool(server, device.login().keeping()).ready()) {
            assertThat(first.sessionPresent()).isFalse();
        }
        try (Tool again = client.tool(server, device.login().keeping()).ready()) {
            assertThat(again.sessionPresent()).isEqualTo(client != Client.PAHO_31);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCleanSessionForgetsAll(Client client, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        client.tool(server, device.login().keeping()).ready(device.topic("user/get")).close();
        assertThat(publish(server, device, "forgotten")).isEqualTo("stored");
        client.tool(server, device.login()).ready().close();
        try (Tool again = client.tool(server, device.login().keeping()).ready()) {
            assertThat(again.sessionPresent()).isFalse();
            assertThat(publish(server, device, "x")).isEqualTo("not-subscribed");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDevicesOwnMessagesComeThroughItsKeptSession(Client client, ThingportServer server, Fleet fleet)
            throws Exception {
        Device device = fleet.device(Map.of("user/both", "ALL"));
        try (Tool tool = client.tool(server, device.login().keeping()).ready(device.topic("user/both"))) {
            for (int i = 0; i < 50; i++) {
                assertThat(tool.publish(device.topic("user/both"), 1, Integer.toString(i))).isZero();
                assertThat(tool.next().text()).isEqualTo(Integer.toString(i));
            }
        }
    }

    /** [MQTT-4.4.0-1]: with its packet id and DUP, before anything new. */
    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void whatWasNotAcknowledgedComesAgain(int level, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        Login login = device.login().keeping();
        String first;
        try (RawConnection connection = new RawConnection(server)) {
            connection.send(RawConnection.connect(level, login)).readPacket();
            connection.send(RawConnection.subscribe(level, 1, device.topic("user/get"))).readPacket();
            publish(server, device, "1");
            first = connection.readPacket();
        }
        try (RawConnection connection = new RawConnection(server)) {
            connection.send(RawConnection.connect(level, login)).readPacket();
            assertThat(first).startsWith("32");
            assertThat(connection.readPacket()).isEqualTo("3a" + first.substring(2));
        }
    }

    /** The SDK takes a CONNACK of 5.0 for malformed whose flags are not 0. */
    @Test
    void theCSdkIsNotToldThatItsSessionIsThere(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        Login login = device.login(SignMethod.HMACSHA256, ",_v=sdk-c-4.1.0").keeping();
        for (int i = 0; i < 2; i++) {
            try (RawConnection connection = new RawConnection(server)) {
                assertThat(connection.send(RawConnection.connect(5, login)).readPacket().substring(6)).startsWith("00 00");
            }
        }
    }

    private static String publish(ThingportServer server, Device device, String text) {
        return server.rest().post(device.path() + "/messages", Json.createObjectBuilder()
                .add("topic", "user/get").add("qos", 1).add("payload", text).build())
                .ok().json().getString("outcome");
    }
}
