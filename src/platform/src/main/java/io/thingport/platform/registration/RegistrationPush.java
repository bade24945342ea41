package io.thingport.platform.registration;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.TopicName;
import io.thingport.platform.registry.RegistrationResult.WithSecret;
import io.thingport.platform.registry.RegistrationResult.WithToken;

/**
 * The messages by which devices are told what they were given. Topics and fields are those of the Aliyun IoT Platform, "MQTT
 * dynamic registration". No value needs escaping in JSON: they are of letters, digits and {@code -_@.:}.
 */
public final class RegistrationPush {

    private static final TopicName SECRETS = TopicName.of("/ext/register");
    private static final TopicName TOKENS = TopicName.of("/ext/regnwl");

    private RegistrationPush() {
    }

    public static Message of(WithSecret given) {
        return message(SECRETS, "{" + fields(given.device()) + ",\"deviceSecret\":\"" + given.secret().reveal() + "\"}");
    }

    public static Message of(WithToken given) {
        return message(TOKENS, "{" + fields(given.device()) + ",\"clientId\":\"" + given.clientId()
                + "\",\"deviceToken\":\"" + given.token().reveal() + "\"}");
    }

    private static String fields(DeviceKey device) {
        return "\"productKey\":\"" + device.productKey() + "\",\"deviceName\":\"" + device.deviceName() + "\"";
    }

    private static Message message(TopicName topic, String json) {
        return Message.of(topic, QoS.AT_MOST_ONCE, Payload.utf8(json));
    }
}
