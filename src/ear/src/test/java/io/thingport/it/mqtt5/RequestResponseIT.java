package io.thingport.it.mqtt5;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Request and response [MQTT 5, 4.10]: the owner's server asks or answers through Pub. */
@Tag("once")
@ExtendWith(SharedServer.class)
class RequestResponseIT {

    /** A device asks, hearing itself in place of the owner's server, which answers to the response topic. */
    @Test
    void goesThroughTheResponseTopic(ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        String answers = device.topic("user/get");
        try (Wire wire = Wire.clean(server, device).subscribed(topic, answers)) {
            wire.send(Bytes.publish0(topic, "what time is it?", Property.RESPONSE_TOPIC.of(answers),
                    Property.CORRELATION_DATA.of("42")));
            assertThat(wire.next(Packet.PUBLISH).properties()).containsExactly(Property.RESPONSE_TOPIC.is(answers),
                    Property.CORRELATION_DATA.is("3432"));
            assertThat(Pub.send(server.rest(), device, Pub.message("late").add("topic", answers)
                    .add("correlationData", "NDI="))).isEqualTo("sent");
            Packet answer = wire.next(Packet.PUBLISH);
            assertThat(answer.topic()).isEqualTo(answers);
            assertThat(answer.properties()).containsExactly(Property.CORRELATION_DATA.is("3432"));
        }
    }

    /** Characters of the topic, bytes of the data. */
    @Test
    void hasRoomFor128CharactersEach(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.clean(server, device)) {
            assertThat(puback(wire, device, Property.RESPONSE_TOPIC.of("ü".repeat(128)),
                    Property.CORRELATION_DATA.of(new byte[128]))).isZero();
            assertThat(puback(wire, device, Property.RESPONSE_TOPIC.of("x".repeat(129)))).isEqualTo(0x97);
            assertThat(puback(wire, device, Property.CORRELATION_DATA.of(new byte[129]))).isEqualTo(0x97);
        }
    }

    private static int puback(Wire wire, Device device, byte[]... properties) throws Exception {
        return wire.send(Bytes.publish1(device.topic("user/update"), 1, "x", properties)).next(Packet.PUBACK).reason();
    }
}
