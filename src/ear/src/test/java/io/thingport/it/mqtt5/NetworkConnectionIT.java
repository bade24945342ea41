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
 * Network connections [MQTT 5, 4.2].
 *
 * <p>[MQTT-4.2.0-1].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class NetworkConnectionIT {

    /** [MQTT-4.2.0-1]: over TCP, which knows no packets: they come in pieces or together. */
    @Test
    void isAStreamOfBytes(ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        byte[] all = Bytes.of(Bytes.connect(device.login()), Bytes.subscribe(1, topic, 1), Bytes.publish0(topic, "x"));
        try (Wire inPieces = Wire.open(server)) {
            for (byte one : all) {
                inPieces.send(new byte[] {one});
            }
            answersAll(inPieces);
        }
        try (Wire together = Wire.sent(server, all)) {
            answersAll(together);
        }
    }

    private static void answersAll(Wire wire) throws Exception {
        assertThat(wire.next(Packet.CONNACK).reason()).isZero();
        assertThat(wire.next(Packet.SUBACK).reasons()).containsExactly(1);
        assertThat(wire.next(Packet.PUBLISH).payload()).isEqualTo("x");
    }
}
