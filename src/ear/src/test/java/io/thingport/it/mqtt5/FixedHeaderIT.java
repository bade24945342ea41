package io.thingport.it.mqtt5;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Fleet;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The fixed header [MQTT 5, 2.1].
 *
 * <p>[MQTT-2.1.3-1], [MQTT-3.6.1-1].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class FixedHeaderIT {

    /** [MQTT-2.1.3-1], [MQTT-3.6.1-1]: each packet that a client may send, with a flag that is reserved there. */
    @ParameterizedTest
    @ValueSource(ints = {0x11, 0x41, 0x51, 0x60, 0x63, 0x71, 0x80, 0xA0, 0xC1, 0xE1, 0xF1})
    void reservedFlagsAreMalformed(int first, ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.clean(server, fleet.device())) {
            assertThat(wire.send(Bytes.packet(first, 0, 1)).disconnected()).isEqualTo(0x81);
        }
    }

    /** Packets of the QoS that there is not, and those that only a server sends. */
    @ParameterizedTest
    @ValueSource(ints = {0x20, 0x50, 0x62, 0x70, 0x90, 0xB0, 0xD0, 0xF0})
    void packetsThatNoClientMaySendAreAnError(int first, ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.clean(server, fleet.device())) {
            assertThat(wire.send(Bytes.packet(first, 0, 1)).disconnected()).isEqualTo(0x82);
        }
    }

    @Test
    void packetTypeZeroIsMalformed(ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.clean(server, fleet.device())) {
            assertThat(wire.send(Bytes.packet(0x00)).disconnected()).isEqualTo(0x81);
        }
    }

    @Test
    void remainingLengthOfFiveBytesIsMalformed(ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.clean(server, fleet.device())) {
            wire.send(Bytes.of(0x30, 0x80, 0x80, 0x80, 0x80, 0x01));
            assertThat(wire.disconnected()).isEqualTo(0x81);
        }
    }
}
