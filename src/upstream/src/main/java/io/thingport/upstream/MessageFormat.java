package io.thingport.upstream;

import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.UserProperty;
import io.thingport.platform.upstream.UpstreamMessage;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How a message looks to a consumer: an AMQP 1.0 message with a durable header, a message-id, application properties that
 * tell where it comes from, and the device's payload unchanged in one Data section. Numbers are signed: unsigned ones make
 * clients of Jakarta Messaging fail. For one thread.
 */
final class MessageFormat {

    static final String TOPIC = "topic";
    static final String MESSAGE_ID = "messageId";
    static final String GENERATE_TIME = "generateTime";
    static final String QOS = "qos";
    static final String TAG = "tag";
    static final String RESPONSE_TOPIC = "ResponseTopic";
    static final String CORRELATION_DATA = "CorrelationData";
    static final String CONTENT_TYPE = "ContentType";
    static final String PAYLOAD_FORMAT = "PayloadFormatIndicator";
    static final String MESSAGE_EXPIRY = "MessageExpiryInterval";
    static final String USER_PROPERTY = "UserProperty";

    /** A user property of one of these names is found in {@link #USER_PROPERTY} alone. */
    private static final Set<String> OURS = Set.of(TOPIC, MESSAGE_ID, GENERATE_TIME, QOS, TAG, RESPONSE_TOPIC,
            CORRELATION_DATA, CONTENT_TYPE, PAYLOAD_FORMAT, MESSAGE_EXPIRY, USER_PROPERTY);

    private final AmqpWriter out = new AmqpWriter();

    /** The encoded message, in an array of its own. */
    byte[] encode(UpstreamMessage message) {
        String id = Long.toString(message.id());
        out.clear();
        out.durableHeader();
        out.messageId(id);
        out.beginApplicationProperties();
        out.entry(TOPIC, message.topic());
        out.entry(MESSAGE_ID, id);
        out.entry(GENERATE_TIME, message.generatedAt());
        out.entry(QOS, message.qos().ordinal());
        if (message.properties() != PublishProperties.NONE) {
            properties(message.properties());
        }
        out.endApplicationProperties();
        out.data(message.payload());
        return out.toByteArray();
    }

    private void properties(PublishProperties properties) {
        properties.responseTopic().ifPresent(topic -> out.entry(RESPONSE_TOPIC, topic.toString()));
        properties.correlationData().ifPresent(data ->
                out.entry(CORRELATION_DATA, Base64.getEncoder().encodeToString(data)));
        properties.contentType().ifPresent(type -> out.entry(CONTENT_TYPE, type));
        properties.payloadFormat().ifPresent(format -> out.entry(PAYLOAD_FORMAT, format));
        properties.messageExpiry().ifPresent(seconds -> out.entry(MESSAGE_EXPIRY, seconds));
        if (!properties.userProperties().isEmpty()) {
            userProperties(properties.userProperties());
        }
    }

    /** The first of each name as an entry; all of them, in their order, as JSON. */
    private void userProperties(List<UserProperty> properties) {
        Set<String> taken = new HashSet<>(OURS);
        StringBuilder json = new StringBuilder("[");
        for (UserProperty property : properties) {
            if (taken.add(property.key())) {
                out.entry(property.key(), property.value());
            }
            json.append(json.length() == 1 ? "" : ",").append("{\"Key\":");
            JsonText.append(json, property.key());
            json.append(",\"Value\":");
            JsonText.append(json, property.value());
            json.append('}');
        }
        out.entry(USER_PROPERTY, json.append(']').toString());
    }
}
