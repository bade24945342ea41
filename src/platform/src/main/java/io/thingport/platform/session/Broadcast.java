package io.thingport.platform.session;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.TopicName;
import java.util.Optional;

/**
 * One message for many devices of a product.
 *
 * @param topic empty when it is for all of them
 */
record Broadcast(long id, String productKey, Optional<TopicName> topic, Payload payload) {

    /** How one device is sent it. */
    Message message(DeviceKey device) {
        return Message.of(topic.orElseGet(() -> TopicName.of("/sys/" + device + "/broadcast/request/" + id)),
                QoS.AT_MOST_ONCE, payload);
    }
}
