package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.OptionalInt;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What its owner does to a device. */
@ExtendWith(SharedServer.class)
class AdministrationIT {

    @ParameterizedTest
    @EnumSource
    void statusFollowsTheConnection(Client client, ThingportServer server, Rest rest, Fleet fleet) throws Exception {
        Device device = fleet.device();
        assertThat(status(rest, device)).isEqualTo("UNACTIVE");
        try (Tool tool = client.tool(server, device.login()).ready()) {
            assertThat(status(rest, device)).isEqualTo("ONLINE");
            var connection = rest.get(device.path()).json().getJsonObject("connection");
            assertThat(connection.getString("mqttVersion"))
                    .isEqualTo(client.v5() ? "5.0" : client == Client.PAHO_31 ? "3.1" : "3.1.1");
            assertThat(connection.getInt("keepAliveSeconds")).isEqualTo(60);
            assertThat(tool.connected()).isTrue();
        }
        await().atMost(Deadline.ANSWER).until(() -> status(rest, device).equals("OFFLINE"));
    }

    @ParameterizedTest
    @EnumSource
    void disabledIsDisconnectedAndRefusedUntilEnabled(Client client, ThingportServer server, Rest rest, Fleet fleet)
            throws Exception {
        Device device = fleet.device();
        try (Tool tool = client.tool(server, device.login()).ready()) {
            rest.send("POST", device.path() + "/disable", "").ok();
            assertThat(tool.ended()).isEqualTo(administrativeAction(client));
        }
        assertThat(status(rest, device)).isEqualTo("DISABLED");
        try (Tool tool = client.tool(server, device.login())) {
            assertThat(tool.connect()).isEqualTo(client.sees(0x87, 5));
        }
        rest.send("POST", device.path() + "/enable", "").ok();
        try (Tool tool = client.tool(server, device.login())) {
            assertThat(tool.connect()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void kickedIsDisconnectedAndMayComeBack(Client client, ThingportServer server, Rest rest, Fleet fleet)
            throws Exception {
        Device device = fleet.device();
        try (Tool tool = client.tool(server, device.login()).ready()) {
            rest.delete(device.path() + "/connection").ok();
            assertThat(tool.ended()).isEqualTo(administrativeAction(client));
        }
        assertThat(rest.delete(device.path() + "/connection").status()).isEqualTo(404);
        try (Tool tool = client.tool(server, device.login())) {
            assertThat(tool.connect()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void deletedIsDisconnectedAndUnknown(Client client, ThingportServer server, Rest rest, Fleet fleet)
            throws Exception {
        Device device = fleet.device();
        try (Tool tool = client.tool(server, device.login()).ready()) {
            rest.delete(device.path()).ok();
            assertThat(tool.ended()).isEqualTo(administrativeAction(client));
        }
        assertThat(rest.get(device.path()).status()).isEqualTo(404);
        try (Tool tool = client.tool(server, device.login())) {
            assertThat(tool.connect()).isEqualTo(client.sees(0x86, 4));
        }
    }

    private static OptionalInt administrativeAction(Client client) {
        return client.v5() ? OptionalInt.of(0x98) : OptionalInt.empty();
    }

    private static String status(Rest rest, Device device) {
        return rest.get(device.path()).ok().json().getString("status");
    }
}
