package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A device has one connection: the newest. */
@ExtendWith(SharedServer.class)
class TakeoverIT {

    @ParameterizedTest
    @EnumSource
    void olderConnectionIsTakenOver(Client client, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Tool older = client.tool(server, device.login()).ready();
                Tool newer = client.tool(server, device.login()).ready()) {
            assertThat(older.ended()).isEqualTo(client.v5() ? OptionalInt.of(0x8E) : OptionalInt.empty());
            assertThat(newer.connected()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void clientIdDoesNotMatter(Client client, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Tool older = client.tool(server, device.login(SignMethod.HMACSHA1)).ready();
                Tool newer = client.tool(server, device.login(SignMethod.HMACSHA256, ",_v=other")).ready()) {
            assertThat(older.ended()).isEqualTo(client.v5() ? OptionalInt.of(0x8E) : OptionalInt.empty());
            assertThat(newer.connected()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void wrongSecretDoesNotDisturb(Client client, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        Device impostor = new Device(device.productKey(), device.name(), "0".repeat(32));
        try (Tool rightful = client.tool(server, device.login()).ready(device.topic("user/get"));
                Tool other = client.tool(server, impostor.login())) {
            assertThat(other.connect()).isNotZero();
            assertThat(rightful.publish(device.topic("user/update"), 1, "still here")).isZero();
        }
    }
}
