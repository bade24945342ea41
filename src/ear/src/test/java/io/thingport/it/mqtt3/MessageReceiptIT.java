package io.thingport.it.mqtt3;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Message receipt [MQTT 3.1.1, 4.5].
 *
 * <p>[MQTT-4.5.0-1].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class MessageReceiptIT {

    /** [MQTT-4.5.0-1]: by the time of PUBACK a message is in the session of whoever subscribed; the publisher may be gone. */
    @EachVersion
    void whatTheServerTookIsInTheSession(int level, ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        try (Wire wire = Wire.kept(server, level, device).subscribed(topic)) {
            wire.send(Wire.publish1(topic, 9, "x"));
            wire.puback(wire.expectPublish(0x32, "x")).expect("40 02 00 09");
            wire.send(Wire.publish1(topic, 10, "y"));
            wire.expectPublish(0x32, "y");
        }
        try (Wire wire = Wire.kept(server, level, device)) {
            wire.expectPublish(0x3A, "y");
            wire.hasNothingElse();
        }
    }
}
