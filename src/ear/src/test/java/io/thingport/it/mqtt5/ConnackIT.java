package io.thingport.it.mqtt5;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.Login;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * CONNACK [MQTT 5, 3.2]: what it says, and that devices are held to it.
 *
 * <p>[MQTT-3.2.0-1], [MQTT-3.2.0-2], [MQTT-3.2.2-1], [MQTT-3.2.2-2], [MQTT-3.2.2-3], [MQTT-3.2.2-6], [MQTT-3.2.2-7],
 * [MQTT-3.2.2-8], [MQTT-3.2.2-9], [MQTT-3.2.2-10], [MQTT-3.2.2-11], [MQTT-3.2.2-12], [MQTT-3.2.2-13],
 * [MQTT-3.2.2-14], [MQTT-3.2.2-15], [MQTT-3.2.2-16], [MQTT-3.2.2-17], [MQTT-3.2.2-19].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class ConnackIT {

    /** [MQTT-3.2.0-1] also when the client does not wait for it. */
    @Test
    void comesFirst(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.sent(server, Bytes.of(Bytes.connect(device.login()),
                Bytes.subscribe(1, device.topic("user/get"), 1), Bytes.PINGREQ))) {
            assertThat(wire.next().type()).isEqualTo(Packet.CONNACK);
            assertThat(wire.next().type()).isEqualTo(Packet.SUBACK);
            assertThat(wire.next().type()).isEqualTo(Packet.PINGRESP);
        }
    }

    /** [MQTT-3.2.0-2] */
    @Test
    void comesOnce(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.clean(server, device)) {
            assertThat(wire.hasNothingElse().send(Bytes.connect(device.login())).disconnected()).isEqualTo(0x82);
        }
    }

    /** [MQTT-3.2.2-1], [MQTT-3.2.2-3] */
    @Test
    void tellsWhetherASessionWasFound(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        for (int flags = 0; flags <= 1; flags++) {
            try (Wire wire = Wire.sent(server, Wire.keeping(device))) {
                assertThat(wire.next(Packet.CONNACK).acknowledgeFlags()).isEqualTo(flags);
            }
        }
    }

    /** [MQTT-3.2.2-2] */
    @Test
    void tellsOfNoSessionAfterACleanStart(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        Wire.kept(server, device).leave();
        try (Wire wire = Wire.sent(server, Bytes.connect(device.login()))) {
            assertThat(wire.next(Packet.CONNACK).acknowledgeFlags()).isZero();
        }
    }

    /** [MQTT-3.2.2-6] */
    @Test
    void tellsOfNoSessionWhenItRefuses(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        Wire.kept(server, device).leave();
        byte[] connect = Bytes.connect(Bytes.LOGIN, device.login().keepAlive(1));
        try (Wire wire = Wire.sent(server, connect)) {
            Packet connack = wire.next(Packet.CONNACK);
            assertThat(connack.reason()).isEqualTo(0x83);
            assertThat(connack.acknowledgeFlags()).isZero();
        }
    }

    /** [MQTT-3.2.2-7], [MQTT-3.2.2-8] */
    @Test
    void refusesWithAReasonOfItsOwnAndCloses(ThingportServer server, Fleet fleet) throws Exception {
        Login login = fleet.device().login();
        Device disabled = fleet.device();
        server.rest().send("POST", disabled.path() + "/disable", "").ok();
        byte[][] properties = new byte[21][];
        Arrays.fill(properties, Property.user("k", "v"));
        Map<Integer, byte[]> refusals = Map.of(
                0x81, Bytes.connect(Bytes.LOGIN | 1, login),
                0x82, Bytes.connect(login, Property.RECEIVE_MAXIMUM.of(0)),
                0x83, Bytes.connect(login.keepAlive(1)),
                0x85, Bytes.connect(login.clientId("x")),
                0x86, Bytes.connect(login.userName("x")),
                0x87, Bytes.connect(disabled.login()),
                0x8C, Bytes.connect(login, Property.AUTHENTICATION_METHOD.of("x")),
                0x97, Bytes.connect(login, properties));
        for (Map.Entry<Integer, byte[]> refusal : refusals.entrySet()) {
            try (Wire wire = Wire.sent(server, refusal.getValue())) {
                assertThat(wire.refused()).isEqualTo(refusal.getKey());
            }
        }
    }

    /** [MQTT-3.2.2-9] and what else would be taken for present if nothing was said. */
    @Test
    void saysOutrightWhatIsNotThere(ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.sent(server, Bytes.connect(fleet.device().login()))) {
            assertThat(wire.next(Packet.CONNACK).properties()).containsExactlyInAnyOrder(
                    Property.RECEIVE_MAXIMUM.is(100), Property.MAXIMUM_QOS.is(1), Property.RETAIN_AVAILABLE.is(0),
                    Property.MAXIMUM_PACKET_SIZE.is(262_144), Property.TOPIC_ALIAS_MAXIMUM.is(20),
                    Property.WILDCARD_SUBSCRIPTION_AVAILABLE.is(1), Property.SUBSCRIPTION_IDENTIFIER_AVAILABLE.is(0),
                    Property.SHARED_SUBSCRIPTION_AVAILABLE.is(0), Property.SERVER_KEEP_ALIVE.is(60));
        }
    }

    /** [MQTT-3.2.2-10] */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void itsMaximumQosDoesNotBindSubscribe(int qos, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.clean(server, device)) {
            wire.send(Bytes.subscribe(1, device.topic("user/get"), qos));
            assertThat(wire.next(Packet.SUBACK).reasons()).containsExactly(1);
        }
    }

    /** [MQTT-3.2.2-11] */
    @Test
    void itsMaximumQosBindsPublish(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.clean(server, device)) {
            wire.send(Bytes.publish(0x34, device.topic("user/update"), 1, "x"));
            assertThat(wire.disconnected()).isEqualTo(0x9B);
        }
    }

    /** [MQTT-3.2.2-12], [MQTT-3.2.2-13] */
    @ParameterizedTest
    @CsvSource({"16, 0x9B", "32, 0x9A"})
    void refusesAWillBeyondWhatIsThere(int flags, int reason, ThingportServer server, Fleet fleet) throws Exception {
        byte[] connect = Bytes.connectWithWill(flags, fleet.device().login(), Bytes.of(0), "/some/topic", "gone");
        try (Wire wire = Wire.sent(server, connect)) {
            assertThat(wire.refused()).isEqualTo(reason);
        }
    }

    /** [MQTT-3.2.2-14] */
    @Test
    void itsRetainAvailableBindsPublish(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.clean(server, device)) {
            wire.send(Bytes.publish(0x31, device.topic("user/update"), 0, "x"));
            assertThat(wire.disconnected()).isEqualTo(0x9A);
        }
    }

    /** [MQTT-3.2.2-15]: the fixed header is enough to see it. */
    @Test
    void itsMaximumPacketSizeBindsTheClient(ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.clean(server, fleet.device())) {
            wire.send(Bytes.of(0x30, Bytes.variable(262_144)));
            assertThat(wire.disconnected()).isEqualTo(0x95);
        }
    }

    /** [MQTT-3.2.2-16] */
    @Test
    void assignsEachDeviceAClientIdOfItsOwn(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        assertThat(assignedClientId(server, device)).isNotEmpty()
                .isNotEqualTo(assignedClientId(server, fleet.device(device.productKey())));
    }

    private static List<String> assignedClientId(ThingportServer server, Device device) throws Exception {
        try (Wire wire = Wire.sent(server, Bytes.connect(Logins.withoutClientId(device)))) {
            return wire.next(Packet.CONNACK).properties().stream()
                    .filter(property -> property.startsWith("ASSIGNED_CLIENT_IDENTIFIER=")).toList();
        }
    }

    /** [MQTT-3.2.2-17] */
    @Test
    void itsTopicAliasMaximumBindsPublish(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.clean(server, device)) {
            wire.send(Bytes.publish0(device.topic("user/update"), "x", Property.TOPIC_ALIAS.of(21)));
            assertThat(wire.disconnected()).isEqualTo(0x94);
        }
    }

    /** [MQTT-3.2.2-19] */
    @Test
    void leavesOutAReasonStringThatWouldNotFit(ThingportServer server, Fleet fleet) throws Exception {
        Login login = fleet.device().login().keepAlive(1);
        try (Wire wire = Wire.sent(server, Bytes.connect(login))) {
            assertThat(wire.next(Packet.CONNACK).properties()).singleElement().asString().startsWith("REASON_STRING=");
        }
        try (Wire wire = Wire.sent(server, Bytes.connect(login, Property.MAXIMUM_PACKET_SIZE.of(8)))) {
            assertThat(wire.next()).hasToString("20 03 00 83 00");
        }
    }
}
