package io.thingport.platform.store;

import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.TopicName;
import io.thingport.mqtt.UserProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The properties of a message as bytes: the version of the form, one byte that tells which are there, these in the order
 * of {@link PublishProperties}, and at last the user properties.
 */
final class PropertiesCodec {

    private static final int VERSION = 1;
    private static final int PAYLOAD_FORMAT = 1;
    private static final int MESSAGE_EXPIRY = 2;
    private static final int CONTENT_TYPE = 4;
    private static final int RESPONSE_TOPIC = 8;
    private static final int CORRELATION_DATA = 16;

    private PropertiesCodec() {
    }

    /** Empty for {@link PublishProperties#NONE}. */
    static Optional<byte[]> encode(PublishProperties properties) {
        int present = present(properties);
        if (present == 0 && properties.userProperties().isEmpty()) {
            return Optional.empty();
        }
        BytesOut out = new BytesOut(VERSION);
        out.octet(present);
        properties.payloadFormat().ifPresent(out::octet);
        properties.messageExpiry().ifPresent(out::longNumber);
        properties.contentType().ifPresent(out::text);
        properties.responseTopic().ifPresent(topic -> out.block(topic.utf8()));
        properties.correlationData().ifPresent(out::block);
        out.number(properties.userProperties().size());
        for (UserProperty property : properties.userProperties()) {
            out.text(property.key());
            out.text(property.value());
        }
        return Optional.of(out.bytes());
    }

    /** @throws IllegalArgumentException when it is not what {@link #encode} makes */
    static PublishProperties decode(byte[] bytes) {
        BytesIn in = new BytesIn(bytes, VERSION);
        int present = in.octet();
        OptionalInt payloadFormat = has(present, PAYLOAD_FORMAT) ? OptionalInt.of(in.octet()) : OptionalInt.empty();
        OptionalLong messageExpiry =
                has(present, MESSAGE_EXPIRY) ? OptionalLong.of(in.longNumber()) : OptionalLong.empty();
        Optional<String> contentType = has(present, CONTENT_TYPE) ? Optional.of(in.text()) : Optional.empty();
        Optional<TopicName> responseTopic =
                has(present, RESPONSE_TOPIC) ? Optional.of(topic(in.block())) : Optional.empty();
        Optional<byte[]> correlationData =
                has(present, CORRELATION_DATA) ? Optional.of(in.block()) : Optional.empty();
        int count = in.number();
        List<UserProperty> userProperties = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String key = in.text();
            userProperties.add(new UserProperty(key, in.text()));
        }
        in.end();
        return new PublishProperties(payloadFormat, messageExpiry, contentType, responseTopic, correlationData,
                userProperties);
    }

    private static int present(PublishProperties properties) {
        return (properties.payloadFormat().isPresent() ? PAYLOAD_FORMAT : 0)
                | (properties.messageExpiry().isPresent() ? MESSAGE_EXPIRY : 0)
                | (properties.contentType().isPresent() ? CONTENT_TYPE : 0)
                | (properties.responseTopic().isPresent() ? RESPONSE_TOPIC : 0)
                | (properties.correlationData().isPresent() ? CORRELATION_DATA : 0);
    }

    private static boolean has(int present, int property) {
        return (present & property) != 0;
    }

    private static TopicName topic(byte[] utf8) {
        return TopicName.parse(utf8).orElseThrow(() -> new IllegalArgumentException("not a topic name"));
    }
}
