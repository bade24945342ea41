package io.thingport.mqtt.transport;

import static io.thingport.mqtt.testing.Packets.packet;
import static io.thingport.mqtt.testing.Packets.puback;
import static io.thingport.mqtt.testing.Packets.publish;
import static io.thingport.mqtt.testing.Packets.publish1;
import static io.thingport.mqtt.testing.Packets.publish5;
import static io.thingport.mqtt.testing.Packets.string;
import static io.thingport.mqtt.testing.Packets.subscribe;
import static io.thingport.mqtt.testing.Packets.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttChannel;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.TopicName;
import io.thingport.mqtt.UserProperty;
import io.thingport.mqtt.testing.Eventually;
import io.thingport.mqtt.testing.RawClient;
import io.thingport.mqtt.testing.RecordingHandler;
import io.thingport.mqtt.testing.RecordingHandler.Published;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PUBLISH in both directions [MQTT 5, 3.3]. */
class PublishTest {

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

    @BeforeEach
    void clear() {
        server.closeClients();
        APPLICATION.forget();
    }

    @ParameterizedTest
    @EnumSource
    void qos0ComesBackAsItWent(MqttVersion version) {
        RawClient client = subscribed(version);

        client.send(publish(version, "a/b", "hello"));

        client.expect(publish(version, "a/b", "hello"));
    }

    @ParameterizedTest
    @EnumSource
    void qos1IsAcknowledgedAndComesBackWithAnIdentifierOfItsOwn(MqttVersion version) {
        RawClient client = subscribed(version);

        client.send(publish1(version, 0xFFFF, "a/b", "hello"));

        client.expect("40 02 FF FF", publish1(version, 1, "a/b", "hello"));
    }

    @ParameterizedTest
    @EnumSource
    void whatNobodySubscribedToIsAcknowledgedToo(MqttVersion version) {
        RawClient client = subscribed(version);

        client.send(publish1(version, 7, "b", "hello"));

        client.expect("40 02 00 07");
        client.expectSilence();
    }

    @ParameterizedTest
    @EnumSource
    void thePayloadMayBeEmpty(MqttVersion version) {
        RawClient client = subscribed(version);

        client.send(publish(version, "a/b", ""));

        client.expect(publish(version, "a/b", ""));
    }

    @ParameterizedTest
    @EnumSource
    void thePayloadMayFillThePacket(MqttVersion version) {
        RawClient client = subscribed(version);
        String most = "x".repeat(256 * 1024 - 4 - 5 - (version == MqttVersion.V5 ? 1 : 0));

        client.send(publish(version, "a/b", most));

        client.expect(publish(version, "a/b", most));
    }

    /** The payload is copied before the buffer it came in is used again. */
    @ParameterizedTest
    @EnumSource
    void manyMessagesInOneSegmentKeepTheirBytes(MqttVersion version) {
        RawClient client = subscribed(version);
        StringBuilder sent = new StringBuilder();
        StringBuilder wanted = new StringBuilder();
        for (int i = 1; i <= 90; i++) {
            String payload = (i + " ").repeat(i);
            sent.append(publish(version, "a/" + i % 40, payload)).append(publish1(version, i, "a/" + i, payload));
            wanted.append(publish(version, "a/" + i % 40, payload)).append(puback(i))
                    .append(publish1(version, i, "a/" + i, payload));
        }

        client.send(sent.toString());

        client.expect(wanted.toString());
    }

    @ParameterizedTest
    @EnumSource
    void aRepetitionIsSeenAsSuch(MqttVersion version) {
        RawClient client = subscribed(version);

        client.send(packet(0x3A, string("b") + "0005" + (version == MqttVersion.V5 ? "00" : "") + text("x")));

        client.expect("40 02 00 05");
        assertThat(Eventually.next(APPLICATION.published).dup()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"V3_1", "V3_1_1"})
    void retainIsNotKeptFrom3xApplications(MqttVersion version) {
        RawClient client = subscribed(version);

        client.send(packet(0x31, string("a/b") + text("x")));

        client.expect(publish(version, "a/b", "x"));
        assertThat(Eventually.next(APPLICATION.published).retain()).isTrue();
    }

    /** [MQTT-3.2.2-14] */
    @ParameterizedTest
    @ValueSource(ints = {0x31, 0x33})
    void retainEndsA5Channel(int firstByte) {
        RawClient client = subscribed(MqttVersion.V5);

        client.send(packet(firstByte, string("a/b") + (firstByte == 0x33 ? "0001" : "") + "00" + text("x")));

        client.expectEnd(MqttVersion.V5, 0x9A);
    }

    /** [MQTT-3.2.2-11] */
    @ParameterizedTest
    @EnumSource
    void qos2EndsTheChannel(MqttVersion version) {
        RawClient client = subscribed(version);

        client.send(packet(0x34, string("a/b") + "0001" + (version == MqttVersion.V5 ? "00" : "") + text("x")));

        client.expectEnd(version, 0x9B);
    }

    /** [MQTT-3.3.1-4] */
    @ParameterizedTest
    @EnumSource
    void qos3IsMalformed(MqttVersion version) {
        RawClient client = subscribed(version);

        client.send(packet(0x36, string("a/b") + "0001" + (version == MqttVersion.V5 ? "00" : "") + text("x")));

        client.expectEnd(version, 0x81);
    }

    /** [MQTT-3.3.1-2] */
    @ParameterizedTest
    @EnumSource
    void dupAtQos0IsMalformed(MqttVersion version) {
        RawClient client = subscribed(version);

        client.send(packet(0x38, string("a/b") + (version == MqttVersion.V5 ? "00" : "") + text("x")));

        client.expectEnd(version, 0x81);
    }

    /** [MQTT-2.2.1-3] */
    @ParameterizedTest
    @EnumSource
    void thereHasToBeAPacketIdentifier(MqttVersion version) {
        RawClient client = subscribed(version);

        client.send(publish1(version, 0, "a/b", "x"));

        client.expectEnd(version, 0x82);
    }

    /** [MQTT-3.3.2-2] */
    @ParameterizedTest
    @CsvSource({"a/+,V3_1_1", "a/+,V5", "#,V3_1", "#,V5"})
    void aTopicHasNoWildcards(String topic, MqttVersion version) {
        RawClient client = subscribed(version);

        client.send(publish(version, topic, "x"));

        client.expectEnd(version, 0x90);
    }

    @ParameterizedTest
    @EnumSource
    void aTopicIsWellFormedUtf8(MqttVersion version) {
        RawClient client = subscribed(version);

        client.send(packet(0x30, "0002 C328" + (version == MqttVersion.V5 ? "00" : "")));

        client.expectEnd(version, 0x90);
    }

    /** [MQTT-4.7.3-1] */
    @ParameterizedTest
    @EnumSource
    void aTopicIsNotEmpty(MqttVersion version) {
        RawClient client = subscribed(version);

        client.send(publish(version, "", "x"));

        client.expectEnd(version, 0x82);
    }

    @Test
    void propertiesReachTheApplicationAndAnother5ClientUnaltered() {
        RawClient client = subscribed(MqttVersion.V5);
        String all = "01 01" + "02 00000E10" + "03" + string("text/plain") + "08" + string("a/reply") + "09 0003 00FF10"
                + "26" + string("k") + string("v1") + "26" + string("") + string("") + "26" + string("k") + string("v2");

        client.send(publish5("a/b", "x", all));

        client.expect(publish5("a/b", "x", all));
        PublishProperties properties = Eventually.next(APPLICATION.published).message().properties();
        assertThat(properties.payloadFormat()).hasValue(1);
        assertThat(properties.messageExpiry()).hasValue(3_600);
        assertThat(properties.contentType()).contains("text/plain");
        assertThat(properties.responseTopic()).contains(TopicName.of("a/reply"));
        assertThat(properties.correlationData()).hasValueSatisfying(
                data -> assertThat(data).isEqualTo(new byte[] {0, (byte) 0xFF, 0x10}));
        assertThat(properties.userProperties()).containsExactly(new UserProperty("k", "v1"), new UserProperty("", ""),
                new UserProperty("k", "v2"));
    }

    @Test
    void a3xClientGetsAMessageWithoutItsProperties() {
        RawClient five = subscribed(MqttVersion.V5);
        five.send(publish5("a/b", "x", "03" + string("text/plain")));
        five.expect(publish5("a/b", "x", "03" + string("text/plain")));
        Message message = Eventually.next(APPLICATION.published).message();
        APPLICATION.channels.clear();
        RawClient three = server.client().connected(MqttVersion.V3_1_1);
        MqttChannel channel = Eventually.next(APPLICATION.channels);

        TestServer.on(channel.loop(), () -> channel.send(message));

        three.expect(publish(MqttVersion.V3_1_1, "a/b", "x"));
    }

    @ParameterizedTest
    @CsvSource({"7F 00,81", "01 02,82", "01 01 01 01,82", "21 0001,81", "11 00000001,81", "0B 01,82", "23 0000,94",
            "23 0015,94", "08 0003 612F23,82", "08 0000,82", "02 0000,81", "26 0001 61,81", "03 0002 C328,81",
            "1F 0001 61,81"})
    void wrongPropertiesEndTheChannel(String wrong, String reason) {
        RawClient client = subscribed(MqttVersion.V5);

        client.send(publish5("a/b", "x", wrong));

        client.expectEnd(MqttVersion.V5, Integer.parseInt(reason, 16));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7F", "FF7F", "FFFFFF7F", "FFFFFFFF", "80"})
    void propertiesEndWithinThePacket(String length) {
        RawClient client = subscribed(MqttVersion.V5);

        client.send(packet(0x30, string("a/b") + length));

        client.expectEnd(MqttVersion.V5, 0x81);
    }

    @ParameterizedTest
    @EnumSource
    void theApplicationSeesTheWholeMessage(MqttVersion version) {
        RawClient client = subscribed(version);

        client.send(publish1(version, 9, "b/c", "hello"));

        Published published = Eventually.next(APPLICATION.published);
        assertThat(published.message().topic()).isEqualTo(TopicName.of("b/c"));
        assertThat(published.message().qos()).isEqualTo(QoS.AT_LEAST_ONCE);
        assertThat(published.message().payload().toByteArray()).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
        assertThat(published.message().properties()).isEqualTo(PublishProperties.NONE);
        assertThat(published.dup()).isFalse();
        assertThat(published.retain()).isFalse();
    }

    private static RawClient subscribed(MqttVersion version) {
        RawClient client = server.client().connected(version);
        client.send(subscribe(version, 1, "a/#"));
        client.expect(version == MqttVersion.V5 ? "90 04 00 01 00 01" : "90 03 00 01 01");
        return client;
    }
}
