package io.thingport.mqtt.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.TopicName;
import io.thingport.mqtt.UserProperty;
import io.thingport.mqtt.testing.Packets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What depends on the size of a packet. */
class PacketEncoderTest {

    private static final PublishProperties TEXT = new PublishProperties(OptionalInt.empty(), OptionalLong.empty(),
            Optional.of("text"), Optional.empty(), Optional.empty(), List.of());

    private final ByteBuf out = Unpooled.buffer();

    @ParameterizedTest
    @ValueSource(ints = {0, 123, 124, 125, 126, 16_379, 16_380, 16_381, 2_097_147, 2_097_148, 2_097_149})
    void theRemainingLengthFitsThePayload(int payload) {
        PacketEncoder.publish(out, false, message(payload, PublishProperties.NONE), 0, false, Long.MAX_VALUE);
        expectOnePacket(0x30, 3 + payload);

        PacketEncoder.publish(out, true, message(payload, PublishProperties.NONE), 7, true, Long.MAX_VALUE);
        expectOnePacket(0x3A, 6 + payload);

        PacketEncoder.publish(out, true, message(payload, TEXT), 7, false, Long.MAX_VALUE);
        expectOnePacket(0x32, 13 + payload);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 120, 130, 20_000})
    void aPacketOfTheClientsMaximumIsWrittenAndOneMoreByteIsNot(int payload) {
        for (PublishProperties properties : List.of(PublishProperties.NONE, TEXT)) {
            Message message = message(payload, properties);
            assertThat(PacketEncoder.publish(out, true, message, 7, false, Long.MAX_VALUE)).isTrue();
            int size = out.readableBytes();
            out.clear();

            assertThat(PacketEncoder.publish(out, true, message, 7, false, size - 1)).isFalse();
            assertThat(out.isReadable()).isFalse();
            assertThat(PacketEncoder.publish(out, true, message, 7, false, size)).isTrue();
            out.clear();
        }
    }

    @Test
    void manyUserPropertiesHaveALengthOfTwoBytes() {
        PublishProperties many = new PublishProperties(OptionalInt.empty(), OptionalLong.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Collections.nCopies(20, new UserProperty("key", "value")));

        PacketEncoder.publish(out, true, message(1, many), 0, false, Long.MAX_VALUE);

        expectOnePacket(0x30, 3 + 2 + 20 * 13 + 1);
    }

    @Test
    void manyReasonsHaveALengthOfTwoBytes() {
        PacketEncoder.suback(out, true, 1, Collections.nCopies(200, ReasonCode.GRANTED_QOS_1), Long.MAX_VALUE);
        expectOnePacket(0x90, 3 + 200);

        PacketEncoder.unsuback(out, true, 1, Collections.nCopies(200, ReasonCode.SUCCESS), Long.MAX_VALUE);
        expectOnePacket(0xB0, 3 + 200);
    }

    @Test
    void aLongReasonHasALengthOfTwoBytes() {
        PacketEncoder.refusal(out, MqttVersion.V5, ReasonCode.NOT_AUTHORIZED, "ü".repeat(100), Long.MAX_VALUE);
        expectOnePacket(0x20, 2 + 2 + 3 + 200);

        PacketEncoder.disconnect(out, ReasonCode.NOT_AUTHORIZED, "ü".repeat(60), Long.MAX_VALUE);
        expectOnePacket(0xE0, 1 + 1 + 3 + 120);
    }

    @Test
    void aPayloadOfAnotherKindIsCopied() {
        Payload other = new Payload() {
            @Override
            public int length() {
                return 2;
            }

            @Override
            public byte[] toByteArray() {
                return new byte[] {1, 2};
            }

            @Override
            public Payload keep() {
                return this;
            }
        };

        PacketEncoder.publish(out, false, Message.of(TopicName.of("a"), QoS.AT_MOST_ONCE, other), 0, false,
                Long.MAX_VALUE);

        assertThat(Packets.hex(written())).isEqualTo("30050001610102");
    }

    /** Reads the fixed header by the standard's own algorithm [MQTT 5, 1.5.5]. */
    private void expectOnePacket(int firstByte, int length) {
        byte[] bytes = written();
        assertThat(bytes[0] & 0xFF).isEqualTo(firstByte);
        int multiplier = 1;
        int value = 0;
        int position = 0;
        do {
            position++;
            value += (bytes[position] & 127) * multiplier;
            multiplier *= 128;
        } while ((bytes[position] & 128) != 0);
        assertThat(value).isEqualTo(length);
        assertThat(bytes).hasSize(1 + position + length);
    }

    private byte[] written() {
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        out.clear();
        return bytes;
    }

    private static Message message(int payload, PublishProperties properties) {
        return Message.of(TopicName.of("a"), QoS.AT_MOST_ONCE, Payload.of(new byte[payload]), properties);
    }
}
