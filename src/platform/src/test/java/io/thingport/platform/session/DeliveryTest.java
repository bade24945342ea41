package io.thingport.platform.session;

import static io.thingport.platform.session.TestServer.CHAT;
import static io.thingport.platform.session.TestServer.GET;
import static io.thingport.platform.session.TestServer.LAMP;
import static io.thingport.platform.session.TestServer.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.SendOutcome;
import io.thingport.mqtt.TopicName;
import io.thingport.platform.config.Settings;
import io.thingport.platform.messaging.PubResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way of a message to a device. */
class DeliveryTest {

    private final TestServer server = new TestServer(TestServer.settings(new Settings.Sessions(3, 100, Duration.ofDays(7))));

    @Test
    void aMessageToASubscribedDeviceIsSent() {
        TestChannel device = subscribed();
        assertThat(publish(GET, QoS.AT_MOST_ONCE, "x")).isEqualTo(SendOutcome.SENT);
        assertThat(device.payloads()).containsExactly("x");
    }

    @Test
    void itTravelsAtTheQosOfItsPublisher() {
        TestChannel device = subscribed();
        publish(GET, QoS.AT_MOST_ONCE, "0");
        publish(GET, QoS.AT_LEAST_ONCE, "1");
        assertThat(device.received).extracting(TestChannel.Sent::qos)
                .containsExactly(QoS.AT_MOST_ONCE, QoS.AT_LEAST_ONCE);
    }

    @Test
    void everyMessageHasAnIdOfItsOwn() {
        Message message = Message.of(TopicName.of(GET), QoS.AT_MOST_ONCE, Payload.EMPTY);
        assertThat(server.get(server.loops.publish(message)).messageId())
                .isNotEqualTo(server.get(server.loops.publish(message)).messageId());
    }

    @Test
    void aDeviceThatDidNotSubscribeGetsNothing() {
        server.connect(LAMP);
        assertThat(publish(GET, QoS.AT_LEAST_ONCE, "x")).isEqualTo(SendOutcome.NOT_SUBSCRIBED);
    }

    @Test
    void aDeviceThatIsNotConnectedHasNoSession() {
        assertThat(publish(GET, QoS.AT_LEAST_ONCE, "x")).isEqualTo(SendOutcome.NO_SESSION);
    }

    @Test
    void aDeviceThatDoesNotExistIsUnknown() {
        assertThat(publish("/a1Qx7Lm2Zt9/nobody/user/get", QoS.AT_LEAST_ONCE, "x"))
                .isEqualTo(SendOutcome.UNKNOWN_DEVICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {UPDATE, "/a1Qx7Lm2Zt9/lamp_01/user/undefined", "/ext/rrpc/1" + GET,
            "/broadcast/a1Qx7Lm2Zt9/x", "/nonsense", "x"})
    void aTopicThatTheDeviceMayNotSubscribeIsForbidden(String topic) {
        subscribed();
        assertThat(publish(topic, QoS.AT_LEAST_ONCE, "x")).isEqualTo(SendOutcome.FORBIDDEN_TOPIC);
    }

    @Test
    void aForbiddenTopicIsForbiddenWithoutAConnectionToo() {
        assertThat(publish(UPDATE, QoS.AT_LEAST_ONCE, "x")).isEqualTo(SendOutcome.FORBIDDEN_TOPIC);
    }

    @Test
    void aSystemTopicMayBeSent() {
        TestChannel device = server.connect(LAMP);
        device.subscribe("/sys/a1Qx7Lm2Zt9/lamp_01/thing/service/property/set");
        assertThat(publish("/sys/a1Qx7Lm2Zt9/lamp_01/thing/service/property/set", QoS.AT_MOST_ONCE, "x"))
                .isEqualTo(SendOutcome.SENT);
    }

    @Test
    void withoutTheDatabaseAnAbsentDeviceIsUnavailable() {
        server.databaseAway = true;
        assertThat(publish(GET, QoS.AT_LEAST_ONCE, "x")).isEqualTo(SendOutcome.UNAVAILABLE);
    }

    @Test
    void aFullLoopIsUnavailable() {
        server.home(LAMP).full(true);
        assertThat(publish(GET, QoS.AT_LEAST_ONCE, "x")).isEqualTo(SendOutcome.UNAVAILABLE);
        assertThat(drops(DropReason.SERVER_BUSY)).isEqualTo(1);
    }

    @Test
    void aLoopThatFillsUpDuringTheLookUpIsUnavailable() {
        CompletionStage<PubResult> result = server.loops.publish(
                Message.of(TopicName.of(GET), QoS.AT_MOST_ONCE, Payload.EMPTY));
        server.home(LAMP).runPosted();
        server.home(LAMP).full(true);
        assertThat(server.get(result).outcome()).isEqualTo(SendOutcome.UNAVAILABLE);
    }

    @Test
    void beforeTheLoopsAreKnownTheServerIsUnavailable() {
        server.ready = false;
        assertThat(publish(GET, QoS.AT_LEAST_ONCE, "x")).isEqualTo(SendOutcome.UNAVAILABLE);
    }

    @Test
    void aDeviceThatConnectsDuringTheLookUpHasASession() {
        TestChannel device = new TestChannel(server, server.home(LAMP), MqttVersion.V3_1_1);
        device.connect(TestServer.connectPacket(LAMP, MqttVersion.V3_1_1, 0)); // asks for the device first
        CompletionStage<PubResult> result = server.loops.publish(
                Message.of(TopicName.of(GET), QoS.AT_MOST_ONCE, Payload.EMPTY));
        server.home(LAMP).runPosted(); // asks for it, too
        assertThat(server.get(result).outcome()).isEqualTo(SendOutcome.NOT_SUBSCRIBED);
    }

    @Test
    void aQos0MessageThatFindsNoRoomIsDropped() {
        TestChannel device = subscribed();
        device.socketFull = true;
        assertThat(publish(GET, QoS.AT_MOST_ONCE, "x")).isEqualTo(SendOutcome.DROPPED);
        assertThat(drops(DropReason.OUTPUT_FULL)).isEqualTo(1);
    }

    @Test
    void aQos1MessageThatFindsNoRoomIsStored() {
        TestChannel device = subscribed();
        device.window = 0;
        assertThat(publish(GET, QoS.AT_LEAST_ONCE, "x")).isEqualTo(SendOutcome.STORED);
    }

    @Test
    void anAcknowledgementMakesRoomForWhatIsStored() {
        TestChannel device = subscribed();
        device.window = 1;
        publish(GET, QoS.AT_LEAST_ONCE, "1");
        publish(GET, QoS.AT_LEAST_ONCE, "2");
        device.ackOldest(ReasonCode.SUCCESS);
        assertThat(device.payloads()).containsExactly("1", "2");
    }

    @Test
    void whatIsStoredIsSentWhenTheSocketTakesMore() {
        TestChannel device = subscribed();
        device.socketFull = true;
        publish(GET, QoS.AT_LEAST_ONCE, "1");
        device.becomeWritable();
        assertThat(device.payloads()).containsExactly("1");
    }

    @Test
    void noNewerMessageOvertakesOneThatIsStored() {
        TestChannel device = subscribed();
        device.window = 0;
        publish(GET, QoS.AT_LEAST_ONCE, "1");
        device.window = 100; // there is room, but nobody has been told
        publish(GET, QoS.AT_LEAST_ONCE, "2");
        device.becomeWritable();
        assertThat(device.payloads()).containsExactly("1", "2");
    }

    @Test
    void noneOfTheDevicesOwnMessagesOvertakesEither() {
        TestChannel device = subscribed();
        device.window = 0;
        publish(GET, QoS.AT_LEAST_ONCE, "1");
        device.window = 100;
        device.publish1(CHAT, "2");
        device.becomeWritable();
        assertThat(device.payloads()).containsExactly("1", "2");
    }

    @Test
    void aStoredMessageIsACopy() {
        TestChannel device = subscribed();
        device.window = 0;
        device.publish1(CHAT, "own");
        device.window = 100;
        device.becomeWritable();
        assertThat(device.payloads()).containsExactly("own");
    }

    @Test
    void ofMoreMessagesThanMayWaitTheOldestIsDropped() {
        TestChannel device = subscribed();
        device.window = 0;
        for (String payload : List.of("1", "2", "3", "4")) {
            assertThat(publish(GET, QoS.AT_LEAST_ONCE, payload)).isEqualTo(SendOutcome.STORED);
        }
        device.window = 100;
        device.becomeWritable();
        assertThat(device.payloads()).containsExactly("2", "3", "4");
        assertThat(drops(DropReason.QUEUE_FULL)).isEqualTo(1);
    }

    @Test
    void ofMoreBytesThanMayWaitTheOldestAreDropped() {
        TestChannel device = subscribed();
        device.window = 0;
        publish(GET, QoS.AT_LEAST_ONCE, "x".repeat(60));
        publish(GET, QoS.AT_LEAST_ONCE, "y".repeat(41));
        publish(GET, QoS.AT_LEAST_ONCE, "z".repeat(59));
        device.window = 100;
        device.becomeWritable();
        assertThat(device.payloads()).containsExactly("y".repeat(41), "z".repeat(59));
    }

    @Test
    void aMessageThatMayNotWaitAtAllIsDropped() {
        TestChannel device = subscribed();
        device.window = 0;
        assertThat(publish(GET, QoS.AT_LEAST_ONCE, "x".repeat(101))).isEqualTo(SendOutcome.DROPPED);
    }

    @Test
    void aDeviceWhoseOwnMessageFindsNoPlaceIsTold() {
        TestChannel device = subscribed();
        device.window = 0;
        assertThat(device.publish1(CHAT, "x".repeat(101))).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
    }

    @Test
    void aMessageThatExpiredWhileItWaitedIsNotSent() {
        TestChannel device = subscribed();
        device.window = 0;
        publish(expiring(10));
        server.pass(Duration.ofSeconds(10));
        device.window = 100;
        device.becomeWritable();
        assertThat(device.received).isEmpty();
        assertThat(drops(DropReason.EXPIRED)).isEqualTo(1);
    }

    @Test
    void theTimeAMessageWaitedIsTakenFromItsExpiry() {
        TestChannel device = subscribed();
        device.window = 0;
        publish(expiring(10));
        server.pass(Duration.ofSeconds(4));
        device.window = 100;
        device.becomeWritable();
        assertThat(device.received.get(0).properties().messageExpiry()).hasValue(6);
    }

    @Test
    void aMessageLargerThanTheDeviceTakesIsTooLarge() {
        TestChannel device = subscribed();
        device.payloadMaximum = 10;
        assertThat(publish(GET, QoS.AT_LEAST_ONCE, "x".repeat(11))).isEqualTo(SendOutcome.TOO_LARGE);
        assertThat(drops(DropReason.TOO_LARGE)).isEqualTo(1);
    }

    @Test
    void aStoredMessageLargerThanTheDeviceTakesDoesNotStopTheOthers() {
        TestChannel device = subscribed();
        device.window = 0;
        publish(GET, QoS.AT_LEAST_ONCE, "x".repeat(11));
        publish(GET, QoS.AT_LEAST_ONCE, "2");
        device.payloadMaximum = 10;
        device.window = 100;
        device.becomeWritable();
        assertThat(device.payloads()).containsExactly("2");
    }

    @Test
    void aMessageLargerThanAPacketMayBeIsTooLarge() {
        subscribed();
        assertThat(publish(GET, QoS.AT_LEAST_ONCE, "x".repeat(256 * 1024))).isEqualTo(SendOutcome.TOO_LARGE);
    }

    @Test
    void aDevicesOwnMessageThatItDoesNotTakeIsAcknowledged() {
        TestChannel device = subscribed();
        device.payloadMaximum = 10;
        assertThat(device.publish1(CHAT, "x".repeat(11))).isEqualTo(ReasonCode.SUCCESS);
    }

    @Test
    void whatADeviceRefusesIsCounted() {
        TestChannel device = subscribed();
        publish(GET, QoS.AT_LEAST_ONCE, "x");
        device.ackOldest(ReasonCode.UNSPECIFIED_ERROR);
        assertThat(drops(DropReason.REFUSED_BY_DEVICE)).isEqualTo(1);
    }

    @Test
    void whatWasNotAcknowledgedWhenTheSessionEndsIsCounted() {
        TestChannel device = subscribed();
        device.window = 1;
        publish(GET, QoS.AT_LEAST_ONCE, "sent");
        publish(GET, QoS.AT_LEAST_ONCE, "stored");
        device.lose();
        server.settle();
        assertThat(drops(DropReason.SESSION_ENDED)).isEqualTo(2);
    }

    @Test
    void aMessageToAConnectionThatIsJustGoneFindsNoSession() {
        TestChannel device = subscribed();
        CompletionStage<PubResult> result = server.loops.publish(
                Message.of(TopicName.of(GET), QoS.AT_LEAST_ONCE, Payload.utf8("x")));
        device.lose();
        assertThat(server.get(result).outcome()).isEqualTo(SendOutcome.NO_SESSION);
    }

    private TestChannel subscribed() {
        TestChannel device = server.connect(LAMP);
        device.subscribe(GET);
        device.subscribe(CHAT);
        return device;
    }

    private SendOutcome publish(String topic, QoS qos, String payload) {
        return publish(Message.of(TopicName.of(topic), qos, Payload.utf8(payload)));
    }

    private SendOutcome publish(Message message) {
        return server.get(server.loops.publish(message)).outcome();
    }

    private static Message expiring(long seconds) {
        return Message.of(TopicName.of(GET), QoS.AT_LEAST_ONCE, Payload.utf8("x"),
                new PublishProperties(OptionalInt.empty(), OptionalLong.of(seconds), Optional.empty(), Optional.empty(),
                        Optional.empty(), List.of()));
    }

    private long drops(DropReason reason) {
        return server.loops.counters().drops().get(reason);
    }
}
