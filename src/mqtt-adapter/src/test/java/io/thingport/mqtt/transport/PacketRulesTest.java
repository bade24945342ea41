package io.thingport.mqtt.transport;

import static io.thingport.mqtt.testing.Packets.PINGREQ;
import static io.thingport.mqtt.testing.Packets.PINGRESP;
import static io.thingport.mqtt.testing.Packets.packet;
import static io.thingport.mqtt.testing.Packets.string;
import static io.thingport.mqtt.testing.Packets.variableInt;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.CloseReason.Cause;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.testing.Eventually;
import io.thingport.mqtt.testing.RawClient;
import io.thingport.mqtt.testing.RecordingHandler;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What no packet may be, whatever is in it [MQTT 5, 2.1], and which packets are not for a server of QoS 0 and 1. */
class PacketRulesTest {

    private static final RecordingHandler APPLICATION = new RecordingHandler();
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer(APPLICATION);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Packet and reason code of 5.0; 3.x clients are closed without a word. */
    static Stream<Arguments> wrongPackets() {
        return inEachVersion(Map.ofEntries(
                Map.entry("00 00", 0x81), // type 0
                Map.entry("20 02 00 00", 0x82), // CONNACK
                Map.entry("50 02 00 01", 0x82), // PUBREC
                Map.entry("62 02 00 01", 0x82), // PUBREL
                Map.entry("70 02 00 01", 0x82), // PUBCOMP
                Map.entry("90 03 00 01 00", 0x82), // SUBACK
                Map.entry("B0 02 00 01", 0x82), // UNSUBACK
                Map.entry("D0 00", 0x82), // PINGRESP
                Map.entry("F0 00", 0x82), // AUTH; reserved in 3.x
                Map.entry("F0 02 18 00", 0x82),
                Map.entry("C0 01 00", 0x81), // PINGREQ with a body
                Map.entry("40 01 00", 0x81), // PUBACK without an identifier
                Map.entry("30 01 00", 0x81), // PUBLISH without a topic
                Map.entry("30 03 00 02 61", 0x81), // PUBLISH shorter than its topic
                Map.entry("32 04 00 01 61 00", 0x81), // PUBLISH shorter than its identifier
                Map.entry("80 80 80 80 00", 0x81), // remaining length of five bytes
                Map.entry("30 FF FF FF FF 7F", 0x81)));
    }

    @ParameterizedTest
    @MethodSource("wrongPackets")
    void aWrongPacketEndsTheChannel(MqttVersion version, String wrong, int reason) {
        RawClient client = server.client().connected(version);

        client.send(wrong);

        client.expectEnd(version, reason);
    }

    /** [MQTT-2.1.3-1] */
    static Stream<Arguments> wrongFlags() {
        return Stream.of(MqttVersion.V3_1_1, MqttVersion.V5).flatMap(version -> Stream.of("C1 00", "E8 00",
                "42 02 00 01", packet(0x80, "0001" + (version == MqttVersion.V5 ? "00" : "") + string("a") + "01"),
                packet(0xA0, "0001" + (version == MqttVersion.V5 ? "00" : "") + string("a")))
                .map(packet -> Arguments.of(version, packet)));
    }

    @ParameterizedTest
    @MethodSource("wrongFlags")
    void reservedFlagsAreMalformed(MqttVersion version, String packet) {
        RawClient client = server.client().connected(version);

        client.send(packet);

        client.expectEnd(version, 0x81);
    }

    /** There they were DUP, QoS and RETAIN of every packet. */
    @ParameterizedTest
    @EnumSource(names = "V3_1")
    void flagsMeanNothingIn31(MqttVersion version) {
        RawClient client = server.client().connected(version);

        client.send("CF 00", packet(0x88, "0001" + string("a") + "01"), packet(0xA8, "0002" + string("a")));

        client.expect(PINGRESP, "90 03 00 01 01", "B0 02 00 02");
    }

    @ParameterizedTest
    @EnumSource
    void aPacketBeyondTheMaximumIsRefusedByItsHeaderAlone(MqttVersion version) {
        RawClient client = server.client().connected(version);

        client.send("30", variableInt(256 * 1024 - 3));

        client.expectEnd(version, 0x95);
    }

    @ParameterizedTest
    @EnumSource
    void aPacketMayHaveTheMaximum(MqttVersion version) {
        RawClient client = server.client().connected(version);

        client.send("30", variableInt(256 * 1024 - 4), string("a"), version == MqttVersion.V5 ? "00" : "");
        client.send(new byte[256 * 1024 - 4 - (version == MqttVersion.V5 ? 4 : 3)]);

        client.expectSilence();
    }

    @ParameterizedTest
    @EnumSource
    void nothingBehindAWrongPacketIsRead(MqttVersion version) {
        RawClient client = server.client().connected(version);

        client.send("00 00", PINGREQ, PINGREQ);

        client.expectEnd(version, 0x81);
    }

    @ParameterizedTest
    @EnumSource
    void theApplicationLearnsWhy(MqttVersion version) {
        server.closeClients();
        APPLICATION.forget();
        long before = server.transport.counters().protocolErrors();
        RawClient client = server.client().connected(version);

        client.send("00 00");

        RecordingHandler.Closed closed = Eventually.next(APPLICATION.closed);
        assertThat(closed.why().cause()).isEqualTo(Cause.PROTOCOL_ERROR);
        assertThat(closed.why().reason()).contains(ReasonCode.MALFORMED_PACKET);
        assertThat(server.transport.counters().protocolErrors()).isEqualTo(before + 1);
    }

    private static Stream<Arguments> inEachVersion(Map<String, Integer> packets) {
        return Arrays.stream(MqttVersion.values()).flatMap(version -> packets.entrySet().stream()
                .map(packet -> Arguments.of(version, packet.getKey(), packet.getValue())));
    }
}
