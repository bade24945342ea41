package io.thingport.mqtt.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.TopicName;
import io.thingport.mqtt.UserProperty;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What is written is what is read. */
class RoundTripTest {

    private static final int LARGEST_LENGTH = 268_435_455;

    @Property(tries = 300)
    void variableByteIntegers(@ForAll @IntRange(max = LARGEST_LENGTH) int value) {
        ByteBuf out = Unpooled.buffer();

        PacketEncoder.writeVariableInt(out, value);

        assertThat(out.readableBytes()).isEqualTo(PacketEncoder.variableIntLength(value));
        PacketReader in = new PacketReader(out, 0, out.writerIndex());
        assertThat(in.readVariableInt()).isEqualTo(value);
        in.expectEnd();
    }

    @Property(tries = 300)
    void publish(@ForAll("topics") TopicName topic, @ForAll("properties") PublishProperties properties,
            @ForAll @Size(max = 300) byte[] payload, @ForAll @IntRange(max = 0xFFFF) int packetId,
            @ForAll @IntRange(max = 0xFFFF) int alias, @ForAll boolean named) {
        Message message = Message.of(topic, QoS.AT_LEAST_ONCE, Payload.of(payload), properties);
        ByteBuf out = Unpooled.buffer();

        PacketEncoder.publish(out, message, named, alias, packetId, false, Long.MAX_VALUE);

        assertThat(out.readByte()).isEqualTo((byte) (packetId == 0 ? 0x30 : 0x32));
        PacketReader in = new PacketReader(out, out.readerIndex(), out.writerIndex());
        assertThat(in.readVariableInt()).isEqualTo(out.writerIndex() - in.position());
        assertThat(in.readString()).isEqualTo(named ? topic.toString() : "");
        assertThat(packetId == 0 ? 0 : in.readShort()).isEqualTo(packetId);
        PublishPropertiesPacket read = PublishPropertiesPacket.read(in.readProperties());
        assertThat(read.topicAlias()).isEqualTo(alias);
        assertThat(read.properties()).usingRecursiveComparison().isEqualTo(properties);
        byte[] rest = new byte[out.writerIndex() - in.position()];
        out.getBytes(in.position(), rest);
        assertThat(rest).isEqualTo(payload);
    }

    @Property(tries = 300)
    void aPropertyCutShortIsMalformed(@ForAll("properties") PublishProperties properties, @ForAll long where) {
        ByteBuf out = Unpooled.buffer();
        PublishPropertiesPacket.write(properties, out);
        int end = (int) Math.floorMod(where, out.writerIndex() + 1L);

        Optional<PublishProperties> read = read(out, end);

        read.ifPresent(r -> { // cut between two properties
            ByteBuf again = Unpooled.buffer();
            PublishPropertiesPacket.write(r, again);
            assertThat(again).isEqualTo(out.slice(0, end));
        });
    }

    private static Optional<PublishProperties> read(ByteBuf bytes, int end) {
        try {
            return Optional.of(PublishPropertiesPacket.read(new PacketReader(bytes, 0, end)).properties());
        } catch (ProtocolViolation violation) {
            return Optional.empty();
        }
    }

    @Provide
    Arbitrary<TopicName> topics() {
        return texts().filter(text -> !text.isEmpty() && text.indexOf('+') < 0 && text.indexOf('#') < 0)
                .map(TopicName::of);
    }

    @Provide
    Arbitrary<PublishProperties> properties() {
        Arbitrary<List<UserProperty>> userProperties =
                Combinators.combine(texts(), texts()).as(UserProperty::new).list().ofMaxSize(5);
        return Combinators.combine(Arbitraries.integers().between(0, 1).optional(),
                Arbitraries.longs().between(0, 0xFFFF_FFFFL).optional(), texts().optional(), topics().optional(),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(50).optional(), userProperties)
                .as((format, expiry, type, topic, data, user) -> new PublishProperties(
                        format.map(OptionalInt::of).orElse(OptionalInt.empty()),
                        expiry.map(OptionalLong::of).orElse(OptionalLong.empty()), type, topic, data, user));
    }

    /** Characters of every length in UTF-8. */
    private static Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("/aZ09_ é語").ofMaxLength(40)
                .flatMap(text -> Arbitraries.of("", "𝄞").map(text::concat));
    }
}
