package io.thingport.it.mqtt5;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Message ordering [MQTT 5, 4.6].
 *
 * <p>[MQTT-4.6.0-5], [MQTT-4.6.0-6].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class MessageOrderingIT {

    /** [MQTT-4.6.0-5], [MQTT-4.6.0-6] */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void isThatOfThePublisher(int qos, ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        try (Wire wire = Wire.clean(server, device).subscribed(topic)) {
            byte[][] packets = new byte[50][];
            for (int i = 0; i < packets.length; i++) {
                packets[i] = Bytes.publish(0x30 | qos << 1, topic, qos == 0 ? 0 : i + 1, Integer.toString(i));
            }
            wire.send(packets);
            List<String> came = new ArrayList<>();
            while (came.size() < packets.length) {
                Packet packet = wire.next();
                if (packet.type() == Packet.PUBLISH) {
                    came.add(packet.payload());
                }
            }
            assertThat(came).isEqualTo(IntStream.range(0, packets.length).mapToObj(Integer::toString).toList());
        }
    }

    /** Acknowledgements, too, leave in the order of what they acknowledge. */
    @Test
    void isKeptByPuback(ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String heard = device.topic(Wire.BOTH);
        String unheard = device.topic("user/update");
        try (Wire wire = Wire.kept(server, device).subscribed(heard)) {
            byte[][] packets = new byte[20][];
            for (int i = 0; i < packets.length; i++) {
                packets[i] = Bytes.publish1(i % 2 == 0 ? heard : unheard, i + 1, "x");
            }
            wire.send(packets);
            List<Integer> acknowledged = new ArrayList<>();
            while (acknowledged.size() < packets.length) {
                Packet packet = wire.next();
                if (packet.type() == Packet.PUBACK) {
                    acknowledged.add(packet.packetId());
                }
            }
            assertThat(acknowledged).isEqualTo(IntStream.rangeClosed(1, packets.length).boxed().toList());
        }
    }
}
