package io.thingport.mqtt.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.thingport.mqtt.ReasonCode;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacketReaderTest {

    static Stream<Consumer<PacketReader>> readsOfMoreThanOneByte() {
        return Stream.of(PacketReader::readShort, PacketReader::readInt, PacketReader::readBinary,
                PacketReader::readString);
    }

    /** What stands behind the packet in the buffer belongs to the next one. */
    @ParameterizedTest
    @MethodSource("readsOfMoreThanOneByte")
    void noReadGoesBeyondTheEndOfThePacket(Consumer<PacketReader> read) {
        PacketReader in = new PacketReader(Unpooled.wrappedBuffer(new byte[100]), 10, 11);

        assertMalformed(() -> read.accept(in));
    }

    @Test
    void atTheEndNothingCanBeRead() {
        PacketReader in = new PacketReader(Unpooled.wrappedBuffer(new byte[100]), 10, 10);

        assertThat(in.hasMore()).isFalse();
        assertMalformed(in::readByte);
        assertMalformed(in::readVariableInt);
        assertMalformed(in::readProperties);
    }

    @Test
    void integersAreUnsignedAndBigEndian() {
        PacketReader in = reader("FF FFFE FFFFFFFD");

        assertThat(in.readByte()).isEqualTo(0xFF);
        assertThat(in.readShort()).isEqualTo(0xFFFE);
        assertThat(in.readInt()).isEqualTo(0xFFFFFFFDL);
    }

    @ParameterizedTest
    @CsvSource({"00,0", "7F,127", "8001,128", "FF7F,16383", "808001,16384", "FFFF7F,2097151", "80808001,2097152",
            "FFFFFF7F,268435455"})
    void variableByteIntegersHaveOneToFourBytes(String hex, int value) {
        PacketReader in = reader(hex);

        assertThat(in.readVariableInt()).isEqualTo(value);
        assertThat(in.hasMore()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"FFFFFFFF", "FFFFFFFF01", "80808080", "80", "8080"})
    void otherVariableByteIntegersAreMalformed(String hex) {
        assertMalformed(() -> reader(hex).readVariableInt());
    }

    @Test
    void aStringMayBeEmpty() {
        assertThat(reader("0000").readString()).isEmpty();
    }

    @Test
    void aStringIsUtf8() {
        assertThat(reader("0009 C3A4 E6B8A9 F09F9880").readString()).isEqualTo("ä温\uD83D\uDE00");
    }

    /** [MQTT-1.5.4-3] */
    @Test
    void aByteOrderMarkIsAnOrdinaryCharacter() {
        assertThat(reader("0003 EFBBBF").readString()).isEqualTo("\uFEFF");
    }

    /** [MQTT-1.5.4-1], [MQTT-1.5.4-2] */
    @ParameterizedTest
    @ValueSource(strings = {"0001 80", "0002 C3 28", "0002 C0 AF", "0003 ED A0 80", "0002 E6 B8", "0001 00", "0003 61 00 62",
            "0004 F4 90 80 80"})
    void illFormedUtf8AndNulAreMalformed(String hex) {
        assertMalformed(() -> reader(hex).readString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0002 61", "FFFF 61", "00", "0001"})
    void aStringLongerThanThePacketIsMalformed(String hex) {
        assertMalformed(() -> reader(hex).readString());
    }

    @Test
    void thePropertiesAreReadOnTheirOwn() {
        PacketReader in = reader("02 0102 03");
        PacketReader properties = in.readProperties();

        assertThat(properties.readShort()).isEqualTo(0x0102);
        assertThat(properties.hasMore()).isFalse();
        assertThat(in.readByte()).isEqualTo(3);
    }

    @Test
    void propertiesLongerThanThePacketAreMalformed() {
        assertMalformed(() -> reader("03 0102").readProperties());
        assertMalformed(() -> reader("FFFFFF7F 0102").readProperties());
    }

    @Test
    void whatIsLeftOverIsMalformed() {
        PacketReader in = reader("01");

        assertMalformed(in::expectEnd);
        in.readByte();
        in.expectEnd();
    }

    private static PacketReader reader(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        byte[] followed = new byte[bytes.length + 20]; // zeros behind the packet
        System.arraycopy(bytes, 0, followed, 0, bytes.length);
        return new PacketReader(Unpooled.wrappedBuffer(followed), 0, bytes.length);
    }

    private static void assertMalformed(ThrowingCallable read) {
        assertThatThrownBy(read).isInstanceOfSatisfying(ProtocolViolation.class,
                violation -> assertThat(violation.reason()).isEqualTo(ReasonCode.MALFORMED_PACKET));
    }
}
