package io.thingport.mqtt.transport;

import static io.thingport.mqtt.testing.Packets.DISCONNECT;
import static io.thingport.mqtt.testing.Packets.PINGREQ;
import static io.thingport.mqtt.testing.Packets.connect5;
import static io.thingport.mqtt.testing.Packets.disconnect5;
import static io.thingport.mqtt.testing.Packets.publish;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.CloseReason;
import io.thingport.mqtt.CloseReason.Cause;
import io.thingport.mqtt.ConnackOptions;
import io.thingport.mqtt.Delivery;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttChannel;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.Publish;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.Route;
import io.thingport.mqtt.SendResult;
import io.thingport.mqtt.TopicName;
import io.thingport.mqtt.testing.Eventually;
import io.thingport.mqtt.testing.RawClient;
import io.thingport.mqtt.testing.RecordingHandler;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways a channel ends, and what the application learns of it [MQTT 5, 3.14 and 4.13]. */
class CloseTest {

    private static final Message MESSAGE = Message.of(TopicName.of("a"), QoS.AT_LEAST_ONCE, Payload.utf8("x"));

    private static final Application APPLICATION = new Application();
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
    void aClientThatDisconnectsIsClosed(MqttVersion version) {
        RawClient client = server.client().connected(version);

        client.send(DISCONNECT);

        client.expectClose();
        expectClosed(Cause.CLIENT_DISCONNECT, Optional.of(ReasonCode.SUCCESS));
    }

    @ParameterizedTest
    @CsvSource({"E0 01 00,SUCCESS", "E0 01 04,DISCONNECT_WITH_WILL", "E0 02 00 00,SUCCESS",
            "E0 07 00 05 11 00000000,SUCCESS", "E0 01 81,MALFORMED_PACKET",
            "E0 0E 04 0C 1F 0002 6E6F 26 0001 6B 0001 76,DISCONNECT_WITH_WILL"})
    void a5ClientMayGiveAReason(String disconnect, ReasonCode reason) {
        RawClient client = server.client().connected(MqttVersion.V5);

        client.send(disconnect);

        client.expectClose();
        expectClosed(Cause.CLIENT_DISCONNECT, Optional.of(reason));
    }

    @ParameterizedTest
    @CsvSource({"0,E0 07 00 05 11 00000000,0", "60,E0 07 00 05 11 00000000,0", "60,E0 07 00 05 11 FFFFFFFF,4294967295"})
    void a5ClientMayChangeItsSessionExpiry(long expiry, String disconnect, long changed) {
        RawClient client = server.client().connected(connect5("11 %08X".formatted(expiry)));

        client.send(disconnect);

        assertThat(Eventually.next(APPLICATION.closed).why().sessionExpiry()).hasValue(changed);
    }

    @Test
    void a5ClientThatSaysNothingOfItsSessionExpiryDoesNotChangeIt() {
        RawClient client = server.client().connected(MqttVersion.V5);

        client.send(DISCONNECT);

        assertThat(Eventually.next(APPLICATION.closed).why().sessionExpiry()).isEmpty();
    }

    /** MQTT 5, 3.14.2.2.2. */
    @ParameterizedTest
    @ValueSource(strings = {"11 00000000", ""})
    void a5ClientMayNotKeepASessionThatWasToEnd(String connectProperties) {
        RawClient client = server.client().connected(connect5(connectProperties));

        client.send("E0 07 00 05 11 0000000A");

        client.expectEnd(MqttVersion.V5, 0x82);
    }

    @ParameterizedTest
    @CsvSource({"E0 02 00 01,81", "E0 04 00 02 1F 00,81", "E0 03 00 01 21,81", "E0 03 00 00 00,81",
            "E0 0C 00 0A 11 00000000 11 00000000,82"})
    void aWrongDisconnectIsAnsweredByOne(String disconnect, String reason) {
        RawClient client = server.client().connected(MqttVersion.V5);

        client.send(disconnect);

        client.expectEnd(MqttVersion.V5, Integer.parseInt(reason, 16));
        assertThat(Eventually.next(APPLICATION.closed).why().cause()).isEqualTo(Cause.PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @EnumSource
    void nothingBehindDisconnectIsRead(MqttVersion version) {
        RawClient client = server.client().connected(version);

        client.send(DISCONNECT, publish(version, "a", "x"), PINGREQ, "00 00");

        client.expectClose();
        expectClosed(Cause.CLIENT_DISCONNECT, Optional.of(ReasonCode.SUCCESS));
        assertThat(APPLICATION.published).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatIsGoneIsLost(MqttVersion version) {
        server.client().connected(version).close();
        expectClosed(Cause.CONNECTION_LOST, Optional.empty());

        server.client().connected(version).reset();
        expectClosed(Cause.CONNECTION_LOST, Optional.empty());
    }

    @Test
    void a5ClientLearnsWhyTheServerCloses() {
        RawClient client = server.client().connected(MqttVersion.V5);
        MqttChannel channel = Eventually.next(APPLICATION.channels);

        close(channel, ReasonCode.SESSION_TAKEN_OVER, "another one");

        client.expect(disconnect5(0x8E, "another one"));
        client.expectClose();
        expectClosed(Cause.SERVER, Optional.of(ReasonCode.SESSION_TAKEN_OVER));
    }

    @ParameterizedTest
    @EnumSource(names = {"V3_1", "V3_1_1"})
    void a3xClientIsJustClosed(MqttVersion version) {
        RawClient client = server.client().connected(version);
        MqttChannel channel = Eventually.next(APPLICATION.channels);

        close(channel, ReasonCode.SESSION_TAKEN_OVER, "another one");

        client.expectClose();
        expectClosed(Cause.SERVER, Optional.of(ReasonCode.SESSION_TAKEN_OVER));
    }

    /** The vendor's C SDK wants a reason code and a properties length. */
    /** What a client has sent and nobody reads must not cost it the reason of the end. */
    @Test
    void aClientThatGoesOnSendingStillLearnsWhyItIsClosed() {
        RawClient client = server.client().connected(MqttVersion.V5);

        client.send("00 00", (PINGREQ + " ").repeat(100_000));

        client.expectEnd(MqttVersion.V5, 0x81);
    }

    @Test
    void aDisconnectAlwaysHasAPropertiesLength() {
        RawClient client = server.client().connected(MqttVersion.V5);
        MqttChannel channel = Eventually.next(APPLICATION.channels);

        close(channel, ReasonCode.ADMINISTRATIVE_ACTION, "");

        client.expect("E0 02 98 00");
    }

    /** [MQTT-3.1.2-24] */
    @Test
    void aReasonThatDoesNotFitIsLeftOut() {
        RawClient client = server.client().connected(connect5("27 00000020"));
        MqttChannel channel = Eventually.next(APPLICATION.channels);

        close(channel, ReasonCode.ADMINISTRATIVE_ACTION, "a reason of more than 32 bytes is not told");

        client.expect("E0 02 98 00");
        client.expectClose();
    }

    @Test
    void whatWasSentBeforeTheEndArrives() {
        RawClient client = server.client().connected(MqttVersion.V3_1_1);
        MqttChannel channel = Eventually.next(APPLICATION.channels);

        TestServer.on(channel.loop(), () -> {
            channel.send(MESSAGE);
            channel.close(ReasonCode.SESSION_TAKEN_OVER, "");
            return true;
        });

        client.expect(publish(MqttVersion.V3_1_1, "a", "x"));
        client.expectClose();
    }

    @Test
    void theFirstReasonCounts() {
        RawClient client = server.client().connected(MqttVersion.V5);
        MqttChannel channel = Eventually.next(APPLICATION.channels);

        TestServer.on(channel.loop(), () -> {
            channel.close(ReasonCode.SESSION_TAKEN_OVER, "first");
            channel.close(ReasonCode.ADMINISTRATIVE_ACTION, "second");
            return true;
        });

        client.expect(disconnect5(0x8E, "first"));
        client.expectClose();
        expectClosed(Cause.SERVER, Optional.of(ReasonCode.SESSION_TAKEN_OVER));
    }

    @Test
    void aClosedChannelSendsNothing() {
        server.client().connected(MqttVersion.V5).close();
        MqttChannel channel = Eventually.next(APPLICATION.closed).channel();
        Delivery delivery = new Delivery();

        TestServer.on(channel.loop(), () -> {
            assertThat(channel.open()).isFalse();
            assertThat(channel.room()).isZero();
            assertThat(channel.send(MESSAGE)).isEqualTo(SendResult.CLOSED);
            assertThat(channel.send(MESSAGE, delivery)).isEqualTo(SendResult.CLOSED);
            channel.ack(0, ReasonCode.SUCCESS);
            channel.accept("state", new ConnackOptions(false, 60, OptionalLong.empty(), Optional.empty()));
            channel.refuse(ReasonCode.NOT_AUTHORIZED, "");
            channel.close(ReasonCode.SUCCESS, "");
            return true;
        });

        assertThat(delivery.packetId()).isZero();
        assertThat(channel.peer().address().getAddress().isLoopbackAddress()).isTrue();
    }

    @Test
    void theLastCallComesOnceAndOnTheChannelsLoop() {
        RawClient client = server.client().connected(MqttVersion.V5);
        MqttChannel channel = Eventually.next(APPLICATION.channels);

        close(channel, ReasonCode.SESSION_TAKEN_OVER, "");
        client.close();

        assertThat(Eventually.next(APPLICATION.closed).onItsLoop()).isTrue();
        server.closeClients();
        assertThat(APPLICATION.closed).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "10 10 00"})
    void aSocketThatNeverConnectedIsCountedAndNotHandedOver(String bytes) {
        long before = server.transport.counters().silent();
        RawClient client = server.client();
        client.send(bytes);

        client.close();

        Eventually.until("counted", () -> server.transport.counters().silent() == before + 1);
        assertThat(APPLICATION.closed).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anExceptionOfTheApplicationEndsItsChannelAlone(MqttVersion version) {
        RawClient unlucky = server.client().connected(version);
        RawClient other = server.client().connected(version);

        for (int i = 0; i < 3; i++) {
            other.send(publish(version, "a", "x"));
        }
        unlucky.send(publish(version, "a", "x"), publish(version, "fails", "x"), publish(version, "a", "x"));

        unlucky.expectEnd(version, 0x80);
        other.expectSilence();
        expectClosed(Cause.SERVER, Optional.of(ReasonCode.UNSPECIFIED_ERROR));
    }

    private static void close(MqttChannel channel, ReasonCode reason, String why) {
        TestServer.on(channel.loop(), () -> {
            channel.close(reason, why);
            return true;
        });
    }

    private static void expectClosed(Cause cause, Optional<ReasonCode> reason) {
        CloseReason why = Eventually.next(APPLICATION.closed).why();
        assertThat(why.cause()).isEqualTo(cause);
        assertThat(why.reason()).isEqualTo(reason);
    }

    private static final class Application extends RecordingHandler {

        @Override
        public void publish(MqttChannel channel, Route route, Publish publish, long token) {
            if (publish.topic().toString().equals("fails")) {
                throw new IllegalStateException("wanted by a test");
            }
            super.publish(channel, route, publish, token);
        }
    }
}
