package io.thingport.it.mqtt3;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The fixed header [MQTT 3.1.1, 2.2]: reserved flags, remaining length, packet types.
 *
 * <p>[MQTT-2.2.2-1], [MQTT-2.2.2-2].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class FixedHeaderIT {

    /** [MQTT-2.2.2-1], [MQTT-2.2.2-2]; 3.1 put DUP and QoS there, so that they say nothing in it. */
    @ParameterizedTest
    @ValueSource(strings = {"c1 00", "c8 00", "41 02 00 01", "4f 02 00 01", "80 06 00 01 00 01 61 00", "83 06 00 01 00 01 61 00",
            "a0 05 00 01 00 01 61", "ab 05 00 01 00 01 61", "e1 00"})
    void reservedFlagsClose(String packet, ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.clean(server, 4, fleet.device())) {
            wire.send(packet).closed();
        }
    }

    /** MQTT 3.1 allows QoS and DUP in the header of SUBSCRIBE, and lets the receiver pass over them elsewhere. */
    @Test
    void whatIsReservedIn311IsPassedOverIn31(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        byte[] subscribe = Wire.subscribe(1, device.topic("user/get"));
        subscribe[0] = (byte) 0x8A;
        try (Wire wire = Wire.clean(server, 3, device)) {
            wire.send(subscribe).expect("90 03 00 0a 01");
            wire.send("c8 00").expect("d0 00");
        }
    }

    /** Table 2.1: 0 and 15 are forbidden, what only servers send and QoS 2 are not for a client of this server. */
    @ParameterizedTest
    @ValueSource(strings = {"00 00", "f0 00", "20 02 00 00", "90 03 00 01 00", "b0 02 00 01", "d0 00"})
    void packetTypesThatNoClientSendsClose(String packet, ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.clean(server, 4, fleet.device())) {
            wire.send(packet).closed();
        }
    }

    /** 2.2.3: one to four bytes. */
    @ParameterizedTest
    @ValueSource(ints = {127, 128, 16_383, 16_384})
    void remainingLengthHasAsManyBytesAsItNeeds(int length, ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        byte[] publish = Wire.publish0(topic, "x".repeat(length - 2 - topic.length()));
        try (Wire wire = Wire.clean(server, 4, device).subscribed(topic)) {
            wire.send(publish).expect(Wire.hex(publish));
        }
    }

    @EachVersion
    void remainingLengthOfFiveBytesCloses(int level, ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.clean(server, level, fleet.device())) {
            wire.send("c0 80 80 80 80 00").closed();
        }
    }
}
