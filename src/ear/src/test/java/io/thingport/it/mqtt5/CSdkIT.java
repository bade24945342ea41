package io.thingport.it.mqtt5;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.Login;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What version 4 of the vendor's C SDK insists on in 5.0, beyond the standard. */
@Tag("once")
@ExtendWith(SharedServer.class)
class CSdkIT {

    /** It takes a CONNACK whose flags are not 0 for malformed, so it is never told of its session, which is there. */
    @Test
    void connackHasFlagsZeroAlsoForASessionThatIsThere(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        byte[] connect = Bytes.connect(Bytes.LOGIN, Logins.cSdk(device), Property.SESSION_EXPIRY_INTERVAL.of(600));
        try (Wire wire = Wire.sent(server, connect)) {
            assertThat(wire.next(Packet.CONNACK).acknowledgeFlags()).isZero();
            wire.subscribed(device.topic("user/get"));
        }
        try (Wire wire = Wire.sent(server, connect)) {
            assertThat(wire.next(Packet.CONNACK).acknowledgeFlags()).isZero();
            assertThat(Pub.send(server.rest(), device, "x")).isEqualTo("sent");
            assertThat(wire.next(Packet.PUBLISH).payload()).isEqualTo("x");
        }
    }

    /** Its client identifier has parameters and nothing in front of them; it reads the assigned one. */
    @Test
    void isAssignedAClientId(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.sent(server, Bytes.connect(Logins.cSdk(device), Property.TOPIC_ALIAS_MAXIMUM.of(10)))) {
            assertThat(wire.next(Packet.CONNACK).properties())
                    .contains(Property.ASSIGNED_CLIENT_IDENTIFIER.is(device.productKey() + "." + device.name()));
        }
    }

    /** Also when nothing is left to say. */
    @Test
    void refusalHasAPropertiesLength(ThingportServer server, Fleet fleet) throws Exception {
        Login login = Logins.cSdk(fleet.device()).password("0".repeat(64));
        try (Wire wire = Wire.sent(server, Bytes.connect(login, Property.MAXIMUM_PACKET_SIZE.of(8)))) {
            assertThat(wire.next()).hasToString("20 03 00 86 00");
        }
    }

    @Test
    void disconnectHasReasonAndPropertiesLength(ThingportServer server, Fleet fleet) throws Exception {
        byte[] connect = Bytes.connect(Logins.cSdk(fleet.device()), Property.MAXIMUM_PACKET_SIZE.of(128));
        try (Wire wire = Wire.sent(server, connect)) {
            wire.next(Packet.CONNACK);
            assertThat(wire.send(Bytes.packet(0x00)).next(Packet.DISCONNECT).bytes()).hasSizeGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void subackAndUnsubackHaveAPropertiesLength(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.sent(server, Bytes.connect(Logins.cSdk(device)))) {
            wire.next(Packet.CONNACK);
            wire.send(Bytes.subscribe(1, device.topic("user/get"), 1));
            assertThat(wire.next()).hasToString("90 04 00 01 00 01");
            wire.send(Bytes.unsubscribe(2, device.topic("user/get")));
            assertThat(wire.next()).hasToString("b0 04 00 02 00 00");
        }
    }
}
