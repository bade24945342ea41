package io.thingport.it.mqtt3;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.RawConnection;
import io.thingport.it.Rest;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * QoS 0 and QoS 1 [MQTT 3.1.1, 4.3].
 *
 * <p>[MQTT-4.3.1-1], [MQTT-4.3.2-1], [MQTT-4.3.2-2].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class QosIT {

    /** [MQTT-4.3.1-1] */
    @EachVersion
    void qos0IsSentWithoutDup(int level, ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        byte[] publish = Wire.publish0(device.topic(Wire.BOTH), "x");
        try (Wire wire = Wire.clean(server, level, device).subscribed(device.topic(Wire.BOTH))) {
            wire.send(publish).expect(Wire.hex(publish));
        }
    }

    /** [MQTT-4.3.2-1]: under an identifier that is free, without DUP, and open until its PUBACK. */
    @EachVersion
    void qos1IsOpenUntilItIsAcknowledged(int level, ThingportServer server, Fleet fleet, Rest rest) throws Exception {
        Device device = fleet.device();
        int second;
        try (Wire wire = Wire.kept(server, level, device).subscribed(device.topic("user/get"))) {
            Wire.pub(rest, device, "1");
            Wire.pub(rest, device, "2");
            int first = wire.expectPublish(0x32, "1");
            second = wire.expectPublish(0x32, "2");
            assertThat(second).isNotEqualTo(first);
            wire.puback(first).hasNothingElse();
        }
        try (Wire wire = Wire.kept(server, level, device)) {
            assertThat(wire.expectPublish(0x3A, "2")).isEqualTo(second);
            wire.hasNothingElse();
        }
    }

    /** [MQTT-4.3.2-2]: behind PUBACK the same identifier is a new publication, with DUP or without. */
    @EachVersion
    void receivedQos1IsAcknowledgedAndItsIdentifierFree(int level, ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        try (Wire wire = Wire.clean(server, level, device).subscribed(topic)) {
            for (int flags : new int[] {0b0010, 0b1010, 0b0010}) {
                wire.send(RawConnection.publish(level, flags, topic, 3, "x"));
                wire.puback(wire.expectPublish(0x32, "x")).expect("40 02 00 03");
            }
        }
    }
}
