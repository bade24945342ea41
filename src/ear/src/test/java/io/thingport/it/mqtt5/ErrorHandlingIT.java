package io.thingport.it.mqtt5;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Handling errors [MQTT 5, 4.13].
 *
 * <p>[MQTT-4.13.1-1], [MQTT-4.13.2-1].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class ErrorHandlingIT {

    /** [MQTT-4.13.1-1], [MQTT-4.13.2-1]: with a reason where there is one to tell, closed in any case. */
    @Test
    void malformedPacketCloses(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire accepted = Wire.clean(server, device)) {
            assertThat(accepted.send(Bytes.subscribe(1)).disconnected()).isEqualTo(0x82);
        }
        try (Wire refused = Wire.sent(server, Bytes.connect(device.login().password("")))) {
            assertThat(refused.refused()).isEqualTo(0x86);
        }
    }

    /** There are no consequences for other sessions. */
    @Test
    void errorOfOneDeviceIsNoneOfAnother(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        Device other = fleet.device(device.productKey());
        try (Wire victim = Wire.clean(server, other).subscribed(other.topic("user/get"));
                Wire wire = Wire.clean(server, device)) {
            assertThat(wire.send(Bytes.packet(0x00)).disconnected()).isEqualTo(0x81);
            assertThat(Pub.send(server.rest(), other, "x")).isEqualTo("sent");
            assertThat(victim.next(Packet.PUBLISH).payload()).isEqualTo("x");
        }
    }

    /** What an acknowledgement refuses concerns its packet alone. */
    @Test
    void refusedPacketLeavesTheOthersAlone(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.clean(server, device)) {
            wire.send(Bytes.publish1("/not/mine", 1, "x"), Bytes.publish1(device.topic("user/update"), 2, "y"));
            assertThat(wire.next(Packet.PUBACK).reason()).isEqualTo(0x87);
            assertThat(wire.next(Packet.PUBACK).reason()).isZero();
        }
    }
}
