package io.thingport.it.mqtt5;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Flow control [MQTT 5, 4.9] and Receive Maximum [MQTT 5, 3.3.4].
 *
 * <p>[MQTT-3.3.4-7], [MQTT-3.3.4-9], [MQTT-3.3.4-10], [MQTT-4.9.0-1], [MQTT-4.9.0-2], [MQTT-4.9.0-3].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class FlowControlIT {

    /** [MQTT-3.3.4-7]: far more in one go than can be acknowledged meanwhile, for their session has to be stored first. */
    @Test
    void ofTheServerEndsAClientThatIgnoresIt(ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        byte[][] publishes = new byte[1_000][];
        for (int i = 0; i < publishes.length; i++) {
            publishes[i] = Bytes.publish1(topic, i + 1, "x");
        }
        try (Wire wire = Wire.kept(server, device, Property.RECEIVE_MAXIMUM.of(1)).subscribed(topic)) {
            Packet packet = wire.send(publishes).next();
            while (packet.type() != Packet.DISCONNECT) {
                packet = wire.next();
            }
            assertThat(packet.reason()).isEqualTo(0x93);
            wire.closed();
        }
    }

    /** [MQTT-3.3.4-9], [MQTT-4.9.0-1], [MQTT-4.9.0-2]: as many as the client takes, and one more for each it acknowledges. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofTheClientBindsTheServer(boolean kept, ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        byte[] maximum = Property.RECEIVE_MAXIMUM.of(2);
        try (Wire wire = kept ? Wire.kept(server, device, maximum) : Wire.clean(server, device, maximum)) {
            wire.subscribed(topic);
            for (int i = 1; i <= 4; i++) {
                wire.send(Bytes.publish1(topic, i, Integer.toString(i)));
            }
            List<Integer> unacknowledged = new ArrayList<>();
            for (int packets = 0; packets < 6; packets++) {
                Packet packet = wire.next();
                if (packet.type() == Packet.PUBLISH) {
                    unacknowledged.add(packet.packetId());
                }
            }
            assertThat(unacknowledged).hasSize(2);
            wire.hasNothingElse();
            assertThat(wire.send(Bytes.puback(unacknowledged.get(0))).next(Packet.PUBLISH).payload()).isEqualTo("3");
            wire.hasNothingElse();
        }
    }

    /** QoS 0 is not counted. */
    @Test
    void doesNotConcernQos0(ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        try (Wire wire = Wire.clean(server, device, Property.RECEIVE_MAXIMUM.of(1)).subscribed(topic)) {
            wire.send(Bytes.publish1(topic, 1, "x")).next(Packet.PUBLISH);
            wire.next(Packet.PUBACK);
            assertThat(wire.send(Bytes.publish0(topic, "y")).next(Packet.PUBLISH).payload()).isEqualTo("y");
        }
    }

    /** [MQTT-3.3.4-10], [MQTT-4.9.0-3] */
    @Test
    void doesNotHoldBackWhatIsNoPublish(ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        try (Wire wire = Wire.clean(server, device, Property.RECEIVE_MAXIMUM.of(1)).subscribed(topic)) {
            wire.send(Bytes.publish1(topic, 1, "x")).next(Packet.PUBLISH);
            wire.next(Packet.PUBACK);
            wire.send(Bytes.publish1(topic, 2, "waits"), Bytes.subscribe(3, device.topic("user/get"), 1),
                    Bytes.unsubscribe(4, device.topic("user/get")), Bytes.PINGREQ);
            for (int type : new int[] {Packet.PUBACK, Packet.SUBACK, Packet.UNSUBACK, Packet.PINGRESP}) {
                wire.next(type);
            }
        }
    }
}
