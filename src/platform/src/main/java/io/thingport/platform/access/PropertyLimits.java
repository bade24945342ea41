package io.thingport.platform.access;

import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.UserProperty;
import java.util.List;
import java.util.Optional;

/**
 * What the Aliyun IoT Platform permits in the properties of MQTT 5: 20 User Properties of 128 characters, key and value
 * together, no key with a leading underscore; Response Topic of 128 characters and Correlation Data of 128 bytes.
 * Characters are Unicode code points.
 */
public final class PropertyLimits {

    public static final int USER_PROPERTIES_MAXIMUM = 20;
    public static final int USER_PROPERTY_MAXIMUM = 128;
    public static final int RESPONSE_TOPIC_MAXIMUM = 128;
    public static final int CORRELATION_DATA_MAXIMUM = 128;

    private PropertyLimits() {
    }

    /** What is wrong with the properties of a message, if anything. */
    public static Optional<Refusal> check(PublishProperties properties) {
        if (properties.responseTopic().isPresent()
                && characters(properties.responseTopic().get().toString()) > RESPONSE_TOPIC_MAXIMUM) {
            return quota("the response topic is longer than " + RESPONSE_TOPIC_MAXIMUM + " characters");
        }
        if (properties.correlationData().isPresent()
                && properties.correlationData().get().length > CORRELATION_DATA_MAXIMUM) {
            return quota("the correlation data is longer than " + CORRELATION_DATA_MAXIMUM + " bytes");
        }
        return check(properties.userProperties());
    }

    /** What is wrong with User Properties, if anything. */
    public static Optional<Refusal> check(List<UserProperty> properties) {
        if (properties.size() > USER_PROPERTIES_MAXIMUM) {
            return quota("there are more than " + USER_PROPERTIES_MAXIMUM + " user properties");
        }
        for (UserProperty property : properties) {
            if (property.key().startsWith("_")) {
                return Optional.of(new Refusal(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR,
                        "the key of a user property begins with an underscore"));
            }
            if (characters(property.key()) + characters(property.value()) > USER_PROPERTY_MAXIMUM) {
                return quota("a user property is longer than " + USER_PROPERTY_MAXIMUM
                        + " characters, key and value together");
            }
        }
        return Optional.empty();
    }

    private static Optional<Refusal> quota(String why) {
        return Optional.of(new Refusal(ReasonCode.QUOTA_EXCEEDED, why));
    }

    private static int characters(String s) {
        return s.codePointCount(0, s.length());
    }
}
