package io.thingport.it.mqtt3;

import io.thingport.it.Fleet;
import io.thingport.it.PacketBytes;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * PUBREC, PUBREL and PUBCOMP [MQTT 3.1.1, 3.5 to 3.7]: they belong to QoS 2, which the dialect has not.
 *
 * <p>[MQTT-3.6.1-1].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class PubrelIT {

    /** [MQTT-3.6.1-1]: any flags close, also the right ones. */
    @ParameterizedTest
    @ValueSource(ints = {0x60, 0x61, 0x62, 0x63, 0x6A})
    void pubrelCloses(int first, ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.clean(server, 4, fleet.device())) {
            wire.send(PacketBytes.packet(first).number(1).build()).closed();
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 50", "4, 50", "3, 62", "3, 70", "4, 70"})
    void soDoTheOthers(int level, String first, ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.clean(server, level, fleet.device())) {
            wire.send(PacketBytes.packet(Integer.parseInt(first, 16)).number(1).build()).closed();
        }
    }
}
