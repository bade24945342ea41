package io.thingport.web.openapi;

import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.TopicName;
import io.thingport.mqtt.UserProperty;
import io.thingport.platform.access.PropertyLimits;
import io.thingport.platform.access.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The parameters that make a message: payload, QoS and what MQTT 5 adds, with the limits that devices have. */
final class MessageParameters {

    private static final int CONTENT_TYPE_MAXIMUM = 128;
    private static final long MESSAGE_EXPIRY_MAXIMUM = 0xFFFF_FFFFL;

    private MessageParameters() {
    }

    /** The payload that a parameter gives in Base64 [RFC 4648, 4]; not empty. */
    static byte[] payload(Invocation in, String parameter) {
        String text = in.required(parameter, IotError.NULL_MESSAGE_CONTENT);
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IotException(IotError.CONTENT_NOT_BASE64, parameter + " is not in Base64");
        }
    }

    static QoS qos(Invocation in) {
        int qos = in.integer("Qos", IotError.INVALID_FORMATTED_PARAMETER).orElse(0);
        check(qos == 0 || qos == 1, "Qos has to be 0 or 1");
        return qos == 0 ? QoS.AT_MOST_ONCE : QoS.AT_LEAST_ONCE;
    }

    /** @throws IotException when a property is malformed or exceeds its limit */
    static PublishProperties properties(Invocation in, byte[] payload) {
        check(!in.flag("Retained").orElse(false), "Retained: messages are not retained");
        Optional<Integer> format = in.integer("PayloadFormatIndicator", IotError.INVALID_FORMATTED_PARAMETER);
        int indicator = format.orElse(0);
        check(indicator == 0 || indicator == 1, "PayloadFormatIndicator has to be 0 or 1");
        check(indicator == 0 || isText(payload), "PayloadFormatIndicator is 1, but the payload is not text in UTF-8");
        Optional<Long> expiry = in.number("MessageExpiryInterval", IotError.INVALID_FORMATTED_PARAMETER);
        check(expiry.orElse(1L) >= 1 && expiry.orElse(1L) <= MESSAGE_EXPIRY_MAXIMUM,
                "MessageExpiryInterval has to be 1 to " + MESSAGE_EXPIRY_MAXIMUM + " seconds");
        Optional<String> contentType = in.text("ContentType");
        contentType.ifPresent(type -> checkText(type, "ContentType"));
        check(contentType.orElse("").codePointCount(0, contentType.orElse("").length()) <= CONTENT_TYPE_MAXIMUM,
                "ContentType may have at most " + CONTENT_TYPE_MAXIMUM + " characters");
        PublishProperties properties = new PublishProperties(
                format.map(OptionalInt::of).orElse(OptionalInt.empty()),
                expiry.map(OptionalLong::of).orElse(OptionalLong.empty()),
                contentType,
                in.text("ResponseTopic").map(MessageParameters::responseTopic),
                in.text("CorrelationData").map(MessageParameters::correlationData),
                userProperties(in));
        Optional<Refusal> refusal = PropertyLimits.check(properties);
        check(refusal.isEmpty(), refusal.map(Refusal::why).orElse(""));
        return properties;
    }

    private static TopicName responseTopic(String text) {
        try {
            return TopicName.of(text);
        } catch (IllegalArgumentException e) {
            throw new IotException(IotError.INVALID_FORMATTED_PARAMETER,
                    "ResponseTopic has to be a topic name: no wildcard, no U+0000");
        }
    }

    private static byte[] correlationData(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IotException(IotError.INVALID_FORMATTED_PARAMETER, "CorrelationData is not in Base64");
        }
    }

    private static List<UserProperty> userProperties(Invocation in) {
        List<UserProperty> properties = new ArrayList<>();
        for (Fields fields : in.records("UserProp")) {
            Optional<String> key = fields.text("Key");
            check(key.isPresent() && fields.values().containsKey("Value"), "UserProp needs a Key and a Value each");
            UserProperty property = new UserProperty(key.orElseThrow(), fields.values().get("Value"));
            checkText(property.key(), "UserProp");
            checkText(property.value(), "UserProp");
            properties.add(property);
        }
        return properties;
    }

    private static boolean isText(byte[] payload) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** An MQTT string has no U+0000 [MQTT-1.5.4-2]. */
    private static void checkText(String text, String name) {
        check(text.indexOf('\0') < 0, name + " may not hold U+0000");
    }

    private static void check(boolean holds, String why) {
        if (!holds) {
            throw new IotException(IotError.INVALID_FORMATTED_PARAMETER, why);
        }
    }
}
