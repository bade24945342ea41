package io.thingport.it.mqtt5;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Deadline;
import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Session state [MQTT 5, 4.1].
 *
 * <p>[MQTT-4.1.0-1], [MQTT-4.1.0-2].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class SessionStateIT {

    /** [MQTT-4.1.0-1]: one that is to end with the connection does not end before. */
    @Test
    void staysWhileTheConnectionIsOpen(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.clean(server, device).subscribed(device.topic("user/get"))) {
            for (int i = 0; i < 3; i++) {
                assertThat(Pub.send(server.rest(), device, "x")).isEqualTo("sent");
                wire.next(Packet.PUBLISH);
            }
        }
    }

    /** [MQTT-4.1.0-2] */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void goesWhenItsExpiryHasPassed(int seconds, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.clean(server, device, Property.SESSION_EXPIRY_INTERVAL.of(seconds))) {
            wire.subscribed(device.topic("user/get"));
        }
        Awaitility.await().atMost(Deadline.ANSWER).until(() -> Pub.send(server.rest(), device, "x").equals("no-session"));
    }

    /** A clean session that is taken over is gone, too. */
    @Test
    void ofZeroExpiryGoesWithATakeover(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire older = Wire.clean(server, device).subscribed(device.topic("user/get"));
                Wire newer = Wire.sent(server, Wire.keeping(device))) {
            assertThat(newer.next(Packet.CONNACK).reason()).isZero();
            assertThat(older.disconnected()).isEqualTo(0x8E);
        }
    }
}
