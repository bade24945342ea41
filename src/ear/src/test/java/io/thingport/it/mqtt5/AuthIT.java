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
 * AUTH [MQTT 5, 3.15] and enhanced authentication [MQTT 5, 4.12], of which there is none.
 *
 * <p>[MQTT-3.15.1-1], [MQTT-4.12.0-1], [MQTT-4.12.0-6], [MQTT-4.12.0-7].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class AuthIT {

    /** [MQTT-3.15.1-1] */
    @Test
    void withFlagsIsMalformed(ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.clean(server, fleet.device())) {
            assertThat(wire.send(Bytes.packet(0xF1, 0x18, 0)).disconnected()).isEqualTo(0x81);
        }
    }

    /** [MQTT-4.12.0-1] */
    @Test
    void methodIsRefused(ThingportServer server, Fleet fleet) throws Exception {
        byte[] connect = Bytes.connect(fleet.device().login(), Property.AUTHENTICATION_METHOD.of("SCRAM-SHA-1"),
                Property.AUTHENTICATION_DATA.of("client-first"));
        try (Wire wire = Wire.sent(server, connect)) {
            assertThat(wire.refused()).isEqualTo(0x8C);
        }
    }

    /** [MQTT-4.12.0-6] */
    @Test
    void isNotAskedForByTheServer(ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.sent(server, Bytes.connect(fleet.device().login()))) {
            assertThat(wire.next(Packet.CONNACK).properties()).noneMatch(p -> p.startsWith("AUTHENTICATION"));
            wire.hasNothingElse();
        }
    }

    /** [MQTT-4.12.0-7] */
    @ParameterizedTest
    @ValueSource(ints = {0x18, 0x19})
    void ofAClientThatNamedNoMethodCloses(int reason, ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.clean(server, fleet.device())) {
            wire.send(Bytes.packet(0xF0, reason, Bytes.properties(Property.AUTHENTICATION_METHOD.of("x"))));
            assertThat(wire.disconnected()).isEqualTo(0x82);
        }
    }

    @Test
    void dataWithoutAMethodIsAnError(ThingportServer server, Fleet fleet) throws Exception {
        byte[] connect = Bytes.connect(fleet.device().login(), Property.AUTHENTICATION_DATA.of("x"));
        try (Wire wire = Wire.sent(server, connect)) {
            assertThat(wire.refused()).isEqualTo(0x82);
        }
    }
}
