package io.thingport.web.rest;

import io.thingport.mqtt.PublishProperties;
import io.thingport.platform.upstream.UpstreamKind;
import io.thingport.platform.upstream.UpstreamMessage;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The data of events, in JSON. A message has the names that it has as an AMQP message's application properties; its payload
 * is {@code payload} when it is text in UTF-8, else {@code payloadBase64}, as a message to a device may be given.
 */
final class EventJson {

    private static final JsonGeneratorFactory JSON = JsonProvider.provider().createGeneratorFactory(Map.of());

    private EventJson() {
    }

    /** The name of the event. */
    static String name(UpstreamMessage message) {
        return message.kind() == UpstreamKind.DATA ? "message" : "status";
    }

    static String of(UpstreamMessage message) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject()
                    .write("productKey", message.device().productKey())
                    .write("deviceName", message.device().deviceName())
                    .write("topic", message.topic())
                    .write("messageId", Long.toString(message.id()))
                    .write("generateTime", message.generatedAt())
                    .write("qos", message.qos().ordinal());
            Optional<String> payload = PayloadFields.text(message.payload());
            if (payload.isPresent()) {
                json.write("payload", payload.get());
            } else {
                json.write("payloadBase64", PayloadFields.base64(message.payload()));
            }
            write(message.properties(), json);
            json.writeEnd();
        }
        return text.toString();
    }

    /** Of events that are missing; empty when nobody knows how many. */
    static String gap(OptionalLong missed) {
        return missed.isPresent() ? "{\"missed\":" + missed.getAsLong() + "}" : "{}";
    }

    private static void write(PublishProperties properties, JsonGenerator json) {
        properties.responseTopic().ifPresent(topic -> json.write("ResponseTopic", topic.toString()));
        properties.correlationData().ifPresent(data -> json.write("CorrelationData", PayloadFields.base64(data)));
        properties.contentType().ifPresent(type -> json.write("ContentType", type));
        properties.payloadFormat().ifPresent(format -> json.write("PayloadFormatIndicator", format));
        properties.messageExpiry().ifPresent(expiry -> json.write("MessageExpiryInterval", expiry));
        if (!properties.userProperties().isEmpty()) {
            json.writeStartArray("UserProperty");
            properties.userProperties().forEach(property -> json.writeStartObject()
                    .write("Key", property.key()).write("Value", property.value()).writeEnd());
            json.writeEnd();
        }
    }
}
