package io.thingport.mqtt.protocol;

import io.netty.buffer.ByteBuf;
import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.TopicName;
import io.thingport.mqtt.UserProperty;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The properties of a received PUBLISH [MQTT 5, 3.3.2.3], and how properties are written into a sent one.
 *
 * @param properties what its receiver is to see
 * @param topicAlias Topic Alias, 0 = none
 */
record PublishPropertiesPacket(PublishProperties properties, int topicAlias) {

    static final PublishPropertiesPacket NONE = new PublishPropertiesPacket(PublishProperties.NONE, 0);

    /** @param in reader of the properties alone */
    static PublishPropertiesPacket read(PacketReader in) {
        OptionalInt payloadFormat = OptionalInt.empty();
        OptionalLong messageExpiry = OptionalLong.empty();
        Optional<String> contentType = Optional.empty();
        Optional<TopicName> responseTopic = Optional.empty();
        Optional<byte[]> correlationData = Optional.empty();
        int topicAlias = 0;
        PropertyReader reader = new PropertyReader(in);
        for (int id = reader.next(); id >= 0; id = reader.next()) {
            switch (id) {
                case PropertyId.PAYLOAD_FORMAT_INDICATOR -> payloadFormat = OptionalInt.of(reader.readFlag(id) ? 1 : 0);
                case PropertyId.MESSAGE_EXPIRY_INTERVAL -> messageExpiry = OptionalLong.of(reader.readInt());
                case PropertyId.CONTENT_TYPE -> contentType = Optional.of(reader.readString());
                case PropertyId.RESPONSE_TOPIC -> {
                    responseTopic = TopicName.parse(reader.readBinary());
                    if (responseTopic.isEmpty()) {
                        throw ProtocolViolation.protocolError("Response Topic"); // [MQTT-3.3.2-14]
                    }
                }
                case PropertyId.CORRELATION_DATA -> correlationData = Optional.of(reader.readBinary());
                case PropertyId.TOPIC_ALIAS -> {
                    topicAlias = reader.readShort();
                    if (topicAlias == 0) {
                        throw new ProtocolViolation(ReasonCode.TOPIC_ALIAS_INVALID, "Topic Alias 0"); // [MQTT-3.3.2-8]
                    }
                }
                default -> throw id == PropertyId.SUBSCRIPTION_IDENTIFIER
                        ? ProtocolViolation.protocolError("Subscription Identifier from a client") // [MQTT-3.3.4-6]
                        : PropertyReader.unexpected(id);
            }
        }
        PublishProperties properties = new PublishProperties(payloadFormat, messageExpiry, contentType, responseTopic,
                correlationData, reader.userProperties());
        return new PublishPropertiesPacket(properties, topicAlias);
    }

    /** Appends identifiers and values, without the properties' length. */
    static void write(PublishProperties properties, ByteBuf out) {
        properties.payloadFormat().ifPresent(v -> out.writeByte(PropertyId.PAYLOAD_FORMAT_INDICATOR).writeByte(v));
        properties.messageExpiry().ifPresent(v -> out.writeByte(PropertyId.MESSAGE_EXPIRY_INTERVAL).writeInt((int) v));
        properties.contentType().ifPresent(v -> writeBinary(out.writeByte(PropertyId.CONTENT_TYPE), utf8(v)));
        properties.responseTopic().ifPresent(v -> writeBinary(out.writeByte(PropertyId.RESPONSE_TOPIC), v.utf8()));
        properties.correlationData().ifPresent(v -> writeBinary(out.writeByte(PropertyId.CORRELATION_DATA), v));
        for (UserProperty property : properties.userProperties()) {
            out.writeByte(PropertyId.USER_PROPERTY);
            writeBinary(out, utf8(property.key()));
            writeBinary(out, utf8(property.value()));
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void writeBinary(ByteBuf out, byte[] bytes) {
        out.writeShort(bytes.length).writeBytes(bytes);
    }
}
