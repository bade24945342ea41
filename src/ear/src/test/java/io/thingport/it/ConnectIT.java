package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may connect, and what the others are told. */
@ExtendWith(SharedServer.class)
class ConnectIT {

    static Stream<Arguments> clientsAndMethods() {
        return Stream.of(Client.values())
                .flatMap(client -> Stream.of(SignMethod.values()).map(method -> Arguments.of(client, method)));
    }

    @ParameterizedTest
    @MethodSource("clientsAndMethods")
    void signedByEachMethod(Client client, SignMethod method, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Tool tool = client.tool(server, device.login(method))) {
            assertThat(tool.connect()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutSignMethodIsHmacMd5(Client client, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        Login login = new Login("me|securemode=3|", device.name() + "&" + device.productKey(),
                SignMethod.HMACMD5.sign(device.secret(),
                        "clientIdmedeviceName" + device.name() + "productKey" + device.productKey()),
                60);
        try (Tool tool = client.tool(server, login)) {
            assertThat(tool.connect()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void signatureInUpperCase(Client client, ThingportServer server, Fleet fleet) throws Exception {
        Login login = fleet.device().login();
        try (Tool tool = client.tool(server, login.password(login.password().toUpperCase()))) {
            assertThat(tool.connect()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void wrongSecretIsBadUserNameOrPassword(Client client, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        Login login = new Device(device.productKey(), device.name(), "0".repeat(32)).login();
        try (Tool tool = client.tool(server, login)) {
            assertThat(tool.connect()).isEqualTo(client.sees(0x86, 4));
        }
    }

    @ParameterizedTest
    @EnumSource
    void unknownDeviceIsAnsweredLikeAWrongSecret(Client client, ThingportServer server, Fleet fleet) throws Exception {
        Login login = new Device(fleet.device().productKey(), "nobody", "0".repeat(32)).login();
        try (Tool tool = client.tool(server, login)) {
            assertThat(tool.connect()).isEqualTo(client.sees(0x86, 4));
        }
    }

    @ParameterizedTest
    @EnumSource
    void userNameWithoutProductKeyIsBadUserNameOrPassword(Client client, ThingportServer server, Fleet fleet)
            throws Exception {
        Device device = fleet.device();
        try (Tool tool = client.tool(server, device.login().userName(device.name()))) {
            assertThat(tool.connect()).isEqualTo(client.sees(0x86, 4));
        }
    }

    static Stream<Arguments> malformedClientIds() {
        return Stream.of(Client.values()).flatMap(client -> Stream.of("plain", "a|securemode=3",
                "a|securemode|", "a|securemode=3|b", "a".repeat(65) + "|securemode=3,signmethod=hmacsha256|")
                .map(id -> Arguments.of(client, id)));
    }

    @ParameterizedTest
    @MethodSource("malformedClientIds")
    void malformedClientIdIsNotValid(Client client, String clientId, ThingportServer server, Fleet fleet)
            throws Exception {
        try (Tool tool = client.tool(server, fleet.device().login().clientId(clientId))) {
            assertThat(tool.connect()).isEqualTo(client.sees(0x85, 2));
        }
    }

    static Stream<Arguments> keepAlivesOutside() {
        return Stream.of(Client.values())
                .flatMap(client -> List.of(0, 29, 1201).stream().map(seconds -> Arguments.of(client, seconds)));
    }

    @ParameterizedTest
    @MethodSource("keepAlivesOutside")
    void keepAliveOutsideTheWindowIsRefused(Client client, int seconds, ThingportServer server, Fleet fleet)
            throws Exception {
        try (Tool tool = client.tool(server, fleet.device().login().keepAlive(seconds))) {
            assertThat(tool.connect()).isEqualTo(client.sees(0x83, 2));
        }
    }

    static Stream<Arguments> keepAlivesInside() {
        return Stream.of(Client.values())
                .flatMap(client -> List.of(30, 1200).stream().map(seconds -> Arguments.of(client, seconds)));
    }

    @ParameterizedTest
    @MethodSource("keepAlivesInside")
    void keepAliveAtTheBoundsIsAccepted(Client client, int seconds, ThingportServer server, Fleet fleet)
            throws Exception {
        try (Tool tool = client.tool(server, fleet.device().login().keepAlive(seconds))) {
            assertThat(tool.connect()).isZero();
        }
    }
}
