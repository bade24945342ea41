package io.thingport.mqtt;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The properties of a PUBLISH that concern its receiver [MQTT 5, 3.3.2.3]. A 3.x message has none.
 *
 * @param payloadFormat   Payload Format Indicator, 0 or 1
 * @param messageExpiry   Message Expiry Interval in seconds, 0 to 4,294,967,295
 * @param contentType     Content Type
 * @param responseTopic   Response Topic
 * @param correlationData Correlation Data; not copied
 * @param userProperties  in the order they were sent
 */
public record PublishProperties(OptionalInt payloadFormat, OptionalLong messageExpiry, Optional<String> contentType,
        Optional<TopicName> responseTopic, Optional<byte[]> correlationData, List<UserProperty> userProperties) {

    public static final PublishProperties NONE = new PublishProperties(OptionalInt.empty(), OptionalLong.empty(),
            Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    public PublishProperties {
        userProperties = List.copyOf(userProperties);
    }
}
