package io.thingport.platform.function;

import io.thingport.mqtt.TopicName;

/**
 * What a topic means on which a device asks something of the platform.
 *
 * @param function gives the reply
 * @param reply    the topic of the reply, which is sent at QoS 0
 */
public record AnsweredTopic(DeviceFunction function, TopicName reply) {
}
