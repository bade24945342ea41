package io.thingport.it.mqtt5;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.Login;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * DISCONNECT [MQTT 5, 3.14] of either side.
 *
 * <p>[MQTT-3.14.0-1], [MQTT-3.14.1-1], [MQTT-3.14.2-1], [MQTT-3.14.2-2], [MQTT-3.14.2-3], [MQTT-3.14.4-1],
 * [MQTT-3.14.4-2].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class DisconnectIT {

    /** [MQTT-3.14.0-1]: who was not accepted gets CONNACK, or nothing. */
    @Test
    void comesAfterConnackOnly(ThingportServer server, Fleet fleet) throws Exception {
        Login login = fleet.device().login();
        try (Wire wire = Wire.sent(server, Bytes.of(Bytes.connect(login.keepAlive(1)), Bytes.packet(0xC0, 0)))) {
            assertThat(wire.refused()).isEqualTo(0x83);
        }
        try (Wire wire = Wire.sent(server, Bytes.packet(0xC0, 0))) {
            wire.closed();
        }
    }

    /** [MQTT-3.14.1-1] */
    @ParameterizedTest
    @ValueSource(ints = {0xE1, 0xE2, 0xEF})
    void hasNoFlags(int first, ThingportServer server, Fleet fleet) throws Exception {
        closes(server, fleet, 0x81, Bytes.packet(first));
    }

    /** [MQTT-3.14.2-1], [MQTT-3.14.2-2], [MQTT-3.14.4-2]: each error has its own reason; none carries a Session Expiry. */
    @Test
    void ofTheServerHasAReasonOfItsOwnAndCloses(ThingportServer server, Fleet fleet) throws Exception {
        Map<Integer, byte[]> errors = Map.of(
                0x81, Bytes.packet(0xC0, 0),
                0x82, Bytes.packet(0xF0, 0),
                0x90, Bytes.publish0("#", "x"),
                0x94, Bytes.publish0("/a", "x", Property.TOPIC_ALIAS.of(0)),
                0x95, Bytes.of(0x30, Bytes.variable(262_144)),
                0x9A, Bytes.publish(0x31, "/a", 0, "x"),
                0x9B, Bytes.publish(0x34, "/a", 1, "x"),
                0xA1, Bytes.packet(0x82, 0, 1, Bytes.properties(Property.SUBSCRIPTION_IDENTIFIER.of(1)), "/a", 0));
        for (Map.Entry<Integer, byte[]> error : errors.entrySet()) {
            try (Wire wire = Wire.clean(server, fleet.device(), Property.SESSION_EXPIRY_INTERVAL.of(5))) {
                Packet disconnect = wire.send(error.getValue()).next(Packet.DISCONNECT);
                assertThat(disconnect.reason()).isEqualTo(error.getKey());
                assertThat(disconnect.properties()).noneMatch(p -> p.startsWith("SESSION_EXPIRY_INTERVAL"));
                wire.closed();
            }
        }
    }

    /** [MQTT-3.14.2-3] */
    @Test
    void leavesOutAReasonStringThatWouldNotFit(ThingportServer server, Fleet fleet) throws Exception {
        byte[] tooLarge = Bytes.of(0x30, Bytes.variable(262_144));
        try (Wire wire = Wire.clean(server, fleet.device())) {
            assertThat(wire.send(tooLarge).next().properties()).singleElement().asString().startsWith("REASON_STRING=");
        }
        try (Wire wire = Wire.clean(server, fleet.device(), Property.MAXIMUM_PACKET_SIZE.of(40))) {
            assertThat(wire.send(tooLarge).next()).hasToString("e0 02 95 00");
        }
    }

    /** [MQTT-3.14.4-1]: what comes behind it is not read. */
    @Test
    void isTheLastPacket(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.clean(server, device)) {
            wire.send(Bytes.disconnect(0), Bytes.PINGREQ).closed();
        }
    }

    /** Without reason, without properties, with both. */
    @Test
    void ofADeviceIsReadInEachForm(ThingportServer server, Fleet fleet) throws Exception {
        Object[][] forms = {{}, {0x00}, {0x04, 0}, {0x00, Bytes.properties(Property.REASON_STRING.of("bye"),
                Property.user("a", "b"))}};
        for (Object[] form : forms) {
            try (Wire wire = Wire.clean(server, fleet.device())) {
                wire.send(Bytes.packet(0xE0, form)).closed();
            }
        }
    }

    /** The expiry of CONNECT may be changed, but not from nothing. */
    @Test
    void changesTheSessionExpiry(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.kept(server, device)) {
            wire.send(Bytes.disconnect(0, Property.SESSION_EXPIRY_INTERVAL.of(0))).closed();
        }
        try (Wire wire = Wire.sent(server, Wire.keeping(device))) {
            assertThat(wire.next(Packet.CONNACK).sessionPresent()).isFalse();
        }
        closes(server, fleet, 0x82, Bytes.disconnect(0, Property.SESSION_EXPIRY_INTERVAL.of(1)));
    }

    @Test
    void tellsOfADecisionOfTheOwner(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.clean(server, device)) {
            server.rest().delete(device.path() + "/connection").ok();
            assertThat(wire.disconnected()).isEqualTo(0x98);
        }
    }

    private static void closes(ThingportServer server, Fleet fleet, int reason, byte[] packet) throws Exception {
        try (Wire wire = Wire.clean(server, fleet.device())) {
            assertThat(wire.send(packet).disconnected()).isEqualTo(reason);
        }
    }
}
