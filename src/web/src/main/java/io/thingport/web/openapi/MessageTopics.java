package io.thingport.web.openapi;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.TopicName;
import io.thingport.platform.access.TopicAddress;
import io.thingport.platform.config.Settings;

/** The topics that messages are sent to; malformed ones are {@code InvalidFormattedTopicName}. */
final class MessageTopics {

    private static final String CUSTOM = "user/";

    private final Settings.Topics limits;

    MessageTopics(Settings.Topics limits) {
        this.limits = limits;
    }

    /** Whether it is a topic of all devices of a product, {@code /broadcast/{productKey}/…}. */
    static boolean isBroadcast(String topic) {
        return topic.startsWith("/broadcast/");
    }

    /** A custom topic of a device of this product: {@code /{productKey}/{deviceName}/user/…}. */
    TopicName custom(String productKey, String text) {
        TopicName topic = any(text);
        boolean custom = TopicAddress.of(topic).filter(address -> address.kind() == TopicAddress.Kind.CUSTOM
                && address.call().isEmpty() && address.productKey().equals(productKey)
                && address.rest().startsWith(CUSTOM) && address.device().isPresent()).isPresent();
        if (!custom) {
            throw malformed("it has to be /" + productKey + "/{deviceName}/user/…");
        }
        return fitting(topic);
    }

    /** The custom topic of a device that ends so: what follows {@code user/}, or that and what follows. */
    TopicName custom(DeviceKey device, String shortName) {
        return fitting(any("/" + device + "/" + (shortName.startsWith(CUSTOM) ? "" : CUSTOM) + shortName));
    }

    /** The topic of a call, which any topic of the device can be. */
    TopicName ofCall(String text) {
        if (!text.startsWith("/")) {
            throw malformed("it has to begin with a slash");
        }
        return any(text);
    }

    /** Any topic. */
    TopicName any(String text) {
        try {
            return TopicName.of(text);
        } catch (IllegalArgumentException e) {
            throw malformed("it may hold no wildcard and no U+0000");
        }
    }

    private TopicName fitting(TopicName topic) {
        if (topic.utf8().length > limits.lengthMaximum()
                || topic.toString().chars().filter(c -> c == '/').count() > limits.depthMaximum()) {
            throw malformed("it may have at most " + limits.lengthMaximum() + " bytes and " + limits.depthMaximum() + " slashes");
        }
        return topic;
    }

    private static IotException malformed(String why) {
        return new IotException(IotError.INVALID_FORMATTED_TOPIC_NAME, "the topic is malformed: " + why);
    }
}
