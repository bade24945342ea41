package io.thingport.it.mqtt5;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
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
}
