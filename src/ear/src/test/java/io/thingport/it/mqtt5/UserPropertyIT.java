package io.thingport.it.mqtt5;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** User Properties, as far as the dialect limits them, in CONNECT and in PUBLISH. */
@Tag("once")
@ExtendWith(SharedServer.class)
class UserPropertyIT {

    private static final byte[] OF_128 = Property.user("ü".repeat(64), "x".repeat(64));
    private static final byte[] OF_129 = Property.user("ü".repeat(64), "x".repeat(65));
    private static final byte[] RESERVED = Property.user("_key", "x");

    @Test
    void areTwentyOf128CharactersAtMost(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        assertThat(connack(server, device, times(20, OF_128))).isZero();
        assertThat(puback(server, device, times(20, OF_128))).isZero();
    }

    @Test
    void areNotTwentyOne(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        assertThat(connack(server, device, times(21, OF_128))).isEqualTo(0x97);
        assertThat(puback(server, device, times(21, OF_128))).isEqualTo(0x97);
    }

    @Test
    void areNotLongerThan128Characters(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        assertThat(connack(server, device, OF_129)).isEqualTo(0x97);
        assertThat(puback(server, device, OF_129)).isEqualTo(0x97);
    }

    @Test
    void doNotBeginWithAnUnderscore(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        assertThat(connack(server, device, RESERVED)).isEqualTo(0x83);
        assertThat(puback(server, device, RESERVED)).isEqualTo(0x83);
    }

    /** Nobody is told at QoS 0; the message is not passed on. */
    @Test
    void beyondTheLimitsDropTheMessage(ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        try (Wire wire = Wire.clean(server, device).subscribed(topic)) {
            wire.send(Bytes.publish0(topic, "x", RESERVED), Bytes.publish0(topic, "y", OF_129)).hasNothingElse();
        }
    }

    /** What a device may say in the packets that concern nobody else is not limited. */
    @Test
    void areLimitedNowhereElse(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        byte[] properties = Bytes.properties(times(30, RESERVED));
        try (Wire wire = Wire.clean(server, device)) {
            wire.send(Bytes.packet(0x82, 0, 1, properties, device.topic("user/get"), 0));
            assertThat(wire.next(Packet.SUBACK).reasons()).containsExactly(1);
            wire.send(Bytes.packet(0xA2, 0, 2, properties, device.topic("user/get")));
            assertThat(wire.next(Packet.UNSUBACK).reasons()).containsExactly(0);
        }
    }

    private static int connack(ThingportServer server, Device device, byte[]... properties) throws Exception {
        try (Wire wire = Wire.sent(server, Bytes.connect(device.login(), properties))) {
            return wire.next(Packet.CONNACK).reason();
        }
    }

    private static int puback(ThingportServer server, Device device, byte[]... properties) throws Exception {
        try (Wire wire = Wire.clean(server, device)) {
            wire.send(Bytes.publish1(device.topic("user/update"), 1, "x", properties));
            return wire.next(Packet.PUBACK).reason();
        }
    }

    private static byte[][] times(int count, byte[] property) {
        byte[][] all = new byte[count][];
        Arrays.fill(all, property);
        return all;
    }
}
