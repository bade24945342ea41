package io.thingport.it.mqtt3;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.PacketBytes;
import io.thingport.it.RawConnection;
import io.thingport.it.Rest;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * PUBLISH and PUBACK [MQTT 3.1.1, 3.3 and 3.4].
 *
 * <p>[MQTT-3.3.1-1], [MQTT-3.3.1-2], [MQTT-3.3.1-3], [MQTT-3.3.1-4], [MQTT-3.3.1-9], [MQTT-3.3.1-11], [MQTT-3.3.1-12],
 * [MQTT-3.3.2-1], [MQTT-3.3.2-2], [MQTT-3.3.2-3], [MQTT-3.3.4-1], [MQTT-3.3.5-1], [MQTT-3.3.5-2].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class PublishIT {

    /** [MQTT-3.3.1-1]: what was not acknowledged comes again over the next connection, marked. */
    @EachVersion
    void isMarkedWhenItComesAgain(int level, ThingportServer server, Fleet fleet, Rest rest) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.kept(server, level, device).subscribed(device.topic("user/get"))) {
            Wire.pub(rest, device, "x");
            wire.expectPublish(0x32, "x");
        }
        try (Wire wire = Wire.kept(server, level, device)) {
            wire.expectPublish(0x3A, "x");
        }
    }

    /** [MQTT-3.3.1-2] */
    @EachVersion
    void dupAtQos0Closes(int level, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.clean(server, level, device)) {
            wire.send(RawConnection.publish(level, 0b1000, device.topic("user/update"), 0, "x")).closed();
        }
    }

    /** [MQTT-3.3.1-3]: its receiver sees it for the first time. */
    @EachVersion
    void dupOfThePublisherIsNotPassedOn(int level, ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        try (Wire wire = Wire.clean(server, level, device).subscribed(device.topic(Wire.BOTH))) {
            wire.send(RawConnection.publish(level, 0b1010, device.topic(Wire.BOTH), 7, "x"));
            wire.puback(wire.expectPublish(0x32, "x")).expect("40 02 00 07");
        }
    }

    /** [MQTT-3.3.1-4] */
    @EachVersion
    void qos3Closes(int level, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.clean(server, level, device)) {
            wire.send(RawConnection.publish(level, 0b0110, device.topic("user/update"), 1, "x")).closed();
        }
    }

    /** [MQTT-3.3.1-9], [MQTT-3.3.1-11], [MQTT-3.3.1-12]: with RETAIN or without, with a payload or none, nothing is stored. */
    @EachVersion
    void nothingIsRetained(int level, ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        try (Wire wire = Wire.clean(server, level, device).subscribed(topic)) {
            for (int retain = 0; retain < 2; retain++) {
                for (String payload : List.of("x", "")) {
                    wire.send(RawConnection.publish(level, retain, topic, 0, payload))
                            .expect(Wire.hex(Wire.publish0(topic, payload)));
                }
            }
            wire.subscribed(topic).hasNothingElse();
        }
        try (Wire wire = Wire.clean(server, level, device).subscribed(topic)) {
            wire.hasNothingElse();
        }
    }

    /** [MQTT-3.3.2-1] */
    @EachVersion
    void beginsWithATopicInUtf8(int level, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        for (PacketBytes wrong : List.of(PacketBytes.packet(0x30), PacketBytes.packet(0x30).bytes(0),
                PacketBytes.packet(0x30).number(5).hex("2f61"), PacketBytes.packet(0x30).hex(Wire.SURROGATE))) {
            try (Wire wire = Wire.clean(server, level, device)) {
                wire.send(wrong.build()).closed();
            }
        }
    }

    /** [MQTT-3.3.2-2] */
    @ParameterizedTest
    @CsvSource({"3, user/+", "4, user/+", "3, user/#", "4, user/#", "4, user/in#"})
    void wildcardInItsTopicCloses(int level, String suffix, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device(Map.of("user/#", "SUB"));
        try (Wire wire = Wire.clean(server, level, device)) {
            wire.send(Wire.publish0(device.topic(suffix), "x")).closed();
        }
    }

    /** [MQTT-3.3.2-3]: its receiver gets it under the topic it was sent to, whatever filter it matched. */
    @EachVersion
    void carriesItsTopicToSubscribersOfAWildcard(int level, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device(Map.of("user/in/#", "SUB", "user/in/a/b", "PUB"));
        byte[] publish = Wire.publish0(device.topic("user/in/a/b"), "x");
        try (Wire wire = Wire.clean(server, level, device).subscribed(device.topic("user/in/+/b"))) {
            wire.send(publish).expect(Wire.hex(publish));
        }
    }

    /** [MQTT-3.3.4-1]: nothing at QoS 0, PUBACK at QoS 1. */
    @EachVersion
    void isAnsweredAsItsQosSays(int level, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        String topic = device.topic("user/update");
        try (Wire wire = Wire.clean(server, level, device)) {
            wire.send(Wire.publish0(topic, "x")).hasNothingElse();
            wire.send(Wire.publish1(topic, 1, "x")).expect("40 02 00 01").hasNothingElse();
        }
    }

    /** The dialect has no QoS 2. */
    @EachVersion
    void qos2Closes(int level, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.clean(server, level, device)) {
            wire.send(RawConnection.publish(level, 0b0100, device.topic("user/update"), 1, "x")).closed();
        }
    }

    /** [MQTT-3.3.5-1]: what matches several subscriptions comes at the publisher's QoS, which each of them grants. */
    @EachVersion
    void overlappingSubscriptionsKeepItsQos(int level, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device(Map.of("user/in/#", "SUB", "user/in/a", "ALL"));
        String topic = device.topic("user/in/a");
        try (Wire wire = Wire.clean(server, level, device)) {
            wire.send(Wire.subscribe(0, device.topic("user/in/#"), device.topic("user/in/+"), topic))
                    .expect("90 05 00 0a 01 01 01");
            wire.send(Wire.publish1(topic, 1, "x"));
            wire.puback(wire.expectPublish(0x32, "x"));
        }
    }

    /** [MQTT-3.3.5-2]: acknowledged and dropped; the connection stays. */
    @EachVersion
    void withoutPermissionIsAcknowledgedAndDropped(int level, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.clean(server, level, device).subscribed(device.topic("user/get"))) {
            wire.send(Wire.publish1(device.topic("user/get"), 1, "x")).expect("40 02 00 01").hasNothingElse();
            wire.send(Wire.publish0(device.topic("user/get"), "x")).hasNothingElse();
        }
    }

    @EachVersion
    void payloadMayBeEmpty(int level, ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        byte[] publish = Wire.publish0(device.topic(Wire.BOTH), "");
        try (Wire wire = Wire.clean(server, level, device).subscribed(device.topic(Wire.BOTH))) {
            wire.send(publish).expect(Wire.hex(publish));
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 40 01 00", "4, 40 01 00", "3, 40 03 00 01 00", "4, 40 03 00 01 00"})
    void pubackOfAnotherLengthThanTwoCloses(int level, String puback, ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.clean(server, level, fleet.device())) {
            wire.send(puback).closed();
        }
    }
}
