package io.thingport.it.mqtt5;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Topic Alias [MQTT 5, 3.3.2.3.4] in both directions. */
@Tag("once")
@ExtendWith(SharedServer.class)
class TopicAliasIT {

    @Test
    void standsForItsTopic(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device(Map.of("user/a", "ALL", "user/b", "ALL"));
        String a = device.topic("user/a");
        String b = device.topic("user/b");
        try (Wire wire = Wire.clean(server, device).subscribed(a, b)) {
            wire.send(Bytes.publish0(a, "1", Property.TOPIC_ALIAS.of(5)), Bytes.publish0("", "2", Property.TOPIC_ALIAS.of(5)),
                    Bytes.publish0(b, "3", Property.TOPIC_ALIAS.of(5)), Bytes.publish0("", "4", Property.TOPIC_ALIAS.of(5)));
            for (String topic : List.of(a, a, b, b)) {
                assertThat(wire.next(Packet.PUBLISH).topic()).isEqualTo(topic);
            }
        }
    }

    @Test
    void thatWasNotSetIsAnError(ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.clean(server, fleet.device())) {
            assertThat(wire.send(Bytes.publish0("", "x", Property.TOPIC_ALIAS.of(1))).disconnected()).isEqualTo(0x82);
        }
    }

    /** It is a short form, no way around. */
    @Test
    void ofAForeignTopicPermitsNothing(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.clean(server, device)) {
            wire.send(Bytes.publish1("/not/mine", 1, "x", Property.TOPIC_ALIAS.of(1)),
                    Bytes.publish1("", 2, "x", Property.TOPIC_ALIAS.of(1)));
            assertThat(wire.next(Packet.PUBACK).reason()).isEqualTo(0x87);
            assertThat(wire.next(Packet.PUBACK).reason()).isEqualTo(0x87);
        }
    }

    /** The server's own: it sets one for a topic that comes again, and from then on leaves the topic out. */
    @Test
    void ofTheServerStandsForItsTopic(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device(Map.of("user/a", "ALL", "user/b", "ALL"));
        List<String> topics = List.of(device.topic("user/a"), device.topic("user/b"));
        Map<String, String> aliases = new HashMap<>();
        try (Wire wire = Wire.clean(server, device, Property.TOPIC_ALIAS_MAXIMUM.of(5)).subscribed(topics.get(0),
                topics.get(1))) {
            for (int i = 0; i < 10; i++) {
                String topic = topics.get(i % 2);
                Packet publish = wire.send(Bytes.publish0(topic, "x")).next(Packet.PUBLISH);
                String alias = String.join("", publish.properties());
                if (!publish.topic().isEmpty()) {
                    aliases.put(alias, publish.topic());
                }
                assertThat(publish.topic().isEmpty() ? aliases.get(alias) : publish.topic()).isEqualTo(topic);
            }
            assertThat(wire.send(Bytes.publish0(topics.get(0), "x")).next(Packet.PUBLISH).topic()).isEmpty();
        }
    }

    /** What is repeated over the next connection has its topic. */
    @Test
    void ofTheServerGoesWithItsConnection(ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        byte[] maximum = Property.TOPIC_ALIAS_MAXIMUM.of(5);
        try (Wire wire = Wire.kept(server, device, maximum).subscribed(topic)) {
            for (int i = 1; i <= 3; i++) {
                wire.send(Bytes.publish1(topic, i, "x")).next(Packet.PUBLISH);
                wire.next(Packet.PUBACK);
            }
        }
        try (Wire wire = Wire.kept(server, device, maximum)) {
            assertThat(wire.next(Packet.PUBLISH).topic()).isEqualTo(topic);
        }
    }
}
