package io.thingport.web.rest;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.TopicName;
import io.thingport.mqtt.UserProperty;
import io.thingport.platform.access.PropertyLimits;
import io.thingport.web.problem.FieldErrors;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A message to one device. The limits of its MQTT 5 properties are those that devices have. */
@Schema(name = "Message", requiredProperties = "topic")
public record MessageRequest(
        @Schema(description = "What follows the device name, such as user/get, or the whole topic") String topic,
        @Schema(description = "0 or 1", minimum = "0", maximum = "1", defaultValue = "0") Optional<Integer> qos,
        @Schema(description = "The payload as text; either this or payloadBase64") Optional<String> payload,
        @Schema(description = "The payload in Base64") Optional<String> payloadBase64,
        @Schema(description = "Payload Format Indicator: 0 bytes, 1 text in UTF-8", minimum = "0", maximum = "1")
        Optional<Integer> payloadFormat,
        @Schema(description = "Message Expiry Interval in seconds", minimum = "1", maximum = "4294967295")
        Optional<Long> messageExpiry,
        @Schema(description = "Content Type, up to 128 characters") Optional<String> contentType,
        @Schema(description = "Response Topic, up to 128 characters") Optional<String> responseTopic,
        @Schema(description = "Correlation Data in Base64, up to 128 bytes") Optional<String> correlationData,
        @Schema(description = "Up to 20, each of up to 128 characters, key and value together")
        List<UserPropertyField> userProperties) {

    private static final int CONTENT_TYPE_MAXIMUM = 128;
    private static final long MESSAGE_EXPIRY_MAXIMUM = 0xFFFF_FFFFL;

    /**
     * The message that this asks to send.
     *
     * @throws io.thingport.web.problem.ProblemException when it breaks a rule
     */
    Message message(DeviceKey device) {
        FieldErrors errors = new FieldErrors();
        Optional<TopicName> topicName = OwnTopic.of(device, topic, errors);
        errors.check(qos.orElse(0) == 0 || qos.orElse(0) == 1, "qos", "has to be 0 or 1");
        byte[] bytes = PayloadFields.bytes(payload, payloadBase64, errors);
        PublishProperties properties = properties(bytes, errors);
        errors.throwIfAny();
        return Message.of(topicName.orElseThrow(), qos.orElse(0) == 0 ? QoS.AT_MOST_ONCE : QoS.AT_LEAST_ONCE,
                Payload.of(bytes), properties);
    }

    private PublishProperties properties(byte[] bytes, FieldErrors errors) {
        int format = payloadFormat.orElse(0);
        errors.check(format == 0 || format == 1, "payloadFormat", "has to be 0 or 1");
        errors.check(format != 1 || PayloadFields.text(bytes).isPresent(), "payloadFormat",
                "is 1, but the payload is not text in UTF-8");
        errors.check(messageExpiry.orElse(1L) >= 1 && messageExpiry.orElse(1L) <= MESSAGE_EXPIRY_MAXIMUM,
                "messageExpiry", "has to be 1 to " + MESSAGE_EXPIRY_MAXIMUM + " seconds");
        contentType.ifPresent(t -> checkText(t, CONTENT_TYPE_MAXIMUM, "contentType", errors));
        Optional<TopicName> response = responseTopic.flatMap(t -> responseTopic(t, errors));
        Optional<byte[]> correlation = correlationData.map(t -> PayloadFields.base64(t, "correlationData", errors));
        errors.check(correlation.orElse(new byte[0]).length <= PropertyLimits.CORRELATION_DATA_MAXIMUM,
                "correlationData", "may have at most " + PropertyLimits.CORRELATION_DATA_MAXIMUM + " bytes");
        checkUserProperties(errors);
        return new PublishProperties(payloadFormat.map(OptionalInt::of).orElse(OptionalInt.empty()),
                messageExpiry.map(OptionalLong::of).orElse(OptionalLong.empty()), contentType, response, correlation,
                userProperties.stream().map(p -> new UserProperty(p.key(), p.value())).toList());
    }

    private static Optional<TopicName> responseTopic(String text, FieldErrors errors) {
        checkText(text, PropertyLimits.RESPONSE_TOPIC_MAXIMUM, "responseTopic", errors);
        return OwnTopic.name(text, "responseTopic", errors);
    }

    private void checkUserProperties(FieldErrors errors) {
        errors.check(userProperties.size() <= PropertyLimits.USER_PROPERTIES_MAXIMUM, "userProperties",
                "may be at most " + PropertyLimits.USER_PROPERTIES_MAXIMUM);
        for (int i = 0; i < userProperties.size(); i++) {
            String at = "userProperties[" + i + "]";
            UserPropertyField property = userProperties.get(i);
            errors.check(!property.key().startsWith("_"), at + ".key", "may not begin with _");
            checkText(property.key() + property.value(), PropertyLimits.USER_PROPERTY_MAXIMUM, at, errors);
        }
    }

    /** An MQTT string has no U+0000 [MQTT-1.5.4-2]; characters are Unicode code points. */
    private static void checkText(String text, int maximum, String field, FieldErrors errors) {
        errors.check(text.codePointCount(0, text.length()) <= maximum, field,
                "may have at most " + maximum + " characters");
        errors.check(text.indexOf('\0') < 0, field, "may not hold U+0000");
    }
}
