package io.thingport.platform.session;

import static io.thingport.platform.session.TestServer.CHAT;
import static io.thingport.platform.session.TestServer.GET;
import static io.thingport.platform.session.TestServer.LAMP;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** QoS 1 messages to stored sessions: what is promised when, in which order they come, and what is dropped. */
class StoredMessageTest {

    private static final int WAITING_MAXIMUM = 300;

    private TestServer server = new TestServer(
            TestServer.settings(new Settings.Sessions(WAITING_MAXIMUM, 10_000, Duration.ofDays(7))));

    // ---- the promise ----

    @Test
    void aMessageThatIsSoonAcknowledgedCostsNoRow() {
        TestChannel device = subscribed();
        CompletionStage<PubResult> result = publishLater("x");
        server.settle();
        device.ackOldest(ReasonCode.SUCCESS);
        server.rest();
        assertThat(server.get(result).outcome()).isEqualTo(SendOutcome.SENT);
        assertThat(server.store.inserted()).isZero();
    }

    @Test
    void thePublisherIsToldNothingBefore() {
        subscribed();
        assertThat(server.get(publishLater("x"))).isNull();
    }

    @Test
    void aMessageThatIsNotAcknowledgedIsStored() {
        subscribed();
        CompletionStage<PubResult> result = publishLater("x");
        server.settle();
        server.rest();
        assertThat(server.get(result).outcome()).isEqualTo(SendOutcome.SENT);
        assertThat(server.store.payloads()).containsExactly("x");
    }

    @Test
    void aDevicesOwnMessageIsAcknowledgedWhenItHasBeenAcknowledgedByIt() {
        TestChannel device = subscribed();
        assertThat(device.publish1(CHAT, "x")).isNull();
        device.ackOldest(ReasonCode.SUCCESS);
        assertThat(device.acks).containsValue(ReasonCode.SUCCESS);
    }

    @Test
    void aDevicesOwnMessageIsAcknowledgedWhenItIsStored() {
        TestChannel device = subscribed();
        device.publish1(CHAT, "x");
        server.store.held = true;
        server.rest();
        assertThat(device.acks).isEmpty();
        server.store.held = false;
        server.settle();
        assertThat(device.acks).containsValue(ReasonCode.SUCCESS);
    }

    @Test
    void aMessageForAnAbsentDeviceIsStoredAtOnce() {
        absent();
        assertThat(publish("x")).isEqualTo(SendOutcome.STORED);
    }

    @Test
    void itIsNotCalledStoredBeforeItIs() {
        absent();
        server.store.held = true;
        assertThat(server.get(publishLater("x"))).isNull();
    }

    @Test
    void aMessageAtQos0FindsNobodyWhenTheDeviceIsAbsent() {
        absent();
        assertThat(server.get(server.loops.publish(Message.of(TopicName.of(GET), QoS.AT_MOST_ONCE, Payload.EMPTY)))
                .outcome()).isEqualTo(SendOutcome.NO_SESSION);
    }

    @Test
    void whatADeviceRefusesIsDone() {
        TestChannel device = subscribed();
        publish("x");
        device.ackOldest(ReasonCode.UNSPECIFIED_ERROR);
        server.settle();
        assertThat(server.store.payloads()).isEmpty();
        assertThat(drops(DropReason.REFUSED_BY_DEVICE)).isEqualTo(1);
    }

    // ---- rows ----

    @Test
    void theRowOfAnAcknowledgedMessageIsDeleted() {
        TestChannel device = subscribed();
        publish("x");
        device.ackOldest(ReasonCode.SUCCESS);
        server.settle();
        assertThat(server.store.payloads()).isEmpty();
    }

    @Test
    void aRowThatTheWriterHasNotBegunWithIsTakenBack() {
        TestChannel device = subscribed();
        server.store.held = true;
        publishLater("x");
        server.settle();
        server.rest();
        device.ackOldest(ReasonCode.SUCCESS);
        server.store.held = false;
        server.settle();
        assertThat(server.store.inserted()).isZero();
    }

    @Test
    void aRowThatTheWriterIsAtIsDeletedAfterwards() {
        TestChannel device = subscribed();
        server.store.held = true;
        publishLater("x");
        server.settle();
        server.rest();
        server.store.take();
        device.ackOldest(ReasonCode.SUCCESS);
        server.store.commitTaken();
        assertThat(server.store.payloads()).containsExactly("x");
        server.store.held = false;
        server.settle();
        assertThat(server.store.payloads()).isEmpty();
    }

    @Test
    void whatIsPromisedAndWhatCostNoRowIsCounted() {
        TestChannel device = subscribed();
        publishLater("1");
        server.settle();
        device.ackOldest(ReasonCode.SUCCESS);
        publish("2");
        assertThat(server.loops.counters().promises())
                .containsEntry(Promise.MADE, 2L).containsEntry(Promise.KEPT_WITHOUT_ROW, 1L);
    }

    // ---- order and repetition ----

    @Test
    void whatWaitedComesInItsOrder() {
        absent();
        publish("1");
        publish("2");
        assertThat(server.resume(LAMP).payloads()).containsExactly("1", "2");
    }

    @Test
    void whatWasNeverSentIsNoRepetition() {
        absent();
        publish("1");
        assertThat(server.resume(LAMP).received).extracting(TestChannel.Sent::dup).containsExactly(false);
    }

    @Test
    void nothingOvertakesWhatIsStillBeingRead() {
        absent();
        publish("1");
        server.resume(LAMP).lose();
        server.settle(); // the message is in the database alone
        TestChannel device = new TestChannel(server, server.home(LAMP), MqttVersion.V3_1_1);
        device.connect(TestServer.keepingPacket(LAMP));
        publishLater("2");
        server.home(LAMP).runPosted();
        assertThat(device.received).isEmpty();
        server.settle();
        assertThat(device.payloads()).containsExactly("1", "2");
    }

    @Test
    void whatWasNotAcknowledgedComesAgainWithItsPacketIdAndDup() {
        TestChannel device = subscribed();
        publish("1");
        publish("2");
        device.ackOldest(ReasonCode.SUCCESS);
        device.lose();
        server.settle();
        assertThat(server.resume(LAMP).received).singleElement()
                .returns("2", TestChannel.Sent::payload)
                .returns(device.received.get(1).packetId(), TestChannel.Sent::packetId)
                .returns(true, TestChannel.Sent::dup);
    }

    @Test
    void whatWasNotAcknowledgedComesBeforeWhatWaited() {
        TestChannel device = subscribed();
        device.window = 2;
        publish("1");
        publish("2");
        publish("3");
        device.lose();
        server.settle();
        publish("4");
        assertThat(server.resume(LAMP).payloads()).containsExactly("1", "2", "3", "4");
    }

    @Test
    void whatTheLoserOfATakeoverDidNotAcknowledgeComesToTheWinner() {
        TestChannel loser = subscribed();
        publish("1");
        TestChannel winner = new TestChannel(server, server.home(LAMP), MqttVersion.V3_1_1);
        winner.connect(TestServer.keepingPacket(LAMP)); // the loser's close is still to come
        publishLater("2");
        server.settle();
        assertThat(winner.payloads()).containsExactly("1", "2");
        assertThat(loser.payloads()).containsExactly("1");
    }

    @Test
    void theCloseOfTheLoserTakesNothingFromTheWinner() {
        subscribed();
        publish("1");
        TestChannel winner = server.resume(LAMP);
        winner.ackOldest(ReasonCode.SUCCESS);
        server.settle();
        assertThat(server.resume(LAMP).received).isEmpty();
    }

    @Test
    void moreThanOnePageComesInItsOrder() {
        absent();
        List<String> payloads = IntStream.range(0, 250).mapToObj(Integer::toString).toList();
        payloads.forEach(this::publish);
        TestChannel device = new TestChannel(server, server.home(LAMP), MqttVersion.V3_1_1);
        device.window = 30;
        device.connect(TestServer.keepingPacket(LAMP));
        server.settle();
        for (int i = 0; i < 250; i++) {
            device.ackOldest(ReasonCode.SUCCESS);
            server.settle();
        }
        assertThat(device.payloads()).isEqualTo(payloads);
        assertThat(server.store.payloads()).isEmpty();
    }

    @Test
    void aPageThatCannotBeReadIsReadLater() {
        absent();
        publish("1");
        server.resume(LAMP).lose();
        server.settle();
        server.store.away = true;
        TestChannel device = server.resume(LAMP);
        assertThat(device.received).isEmpty();
        server.store.away = false;
        server.pass(Duration.ofSeconds(1));
        assertThat(device.payloads()).containsExactly("1");
    }

    @Test
    void aMessageThatIsStoredWhileOlderOnesAreReadIsNotTakenForLost() {
        absent();
        publish("1");
        TestLoop home = server.home(LAMP);
        TestChannel device = new TestChannel(server, home, MqttVersion.V3_1_1);
        server.store.meanwhile = () -> {
            publishLater("2");
            home.runPosted();
            device.lose();
            home.runPosted();
            server.store.write();
            home.runPosted();
        };
        device.connect(TestServer.keepingPacket(LAMP));
        server.settle();
        assertThat(server.resume(LAMP).payloads()).containsExactly("1", "2");
    }

    @Test
    void aMessageIsACopyOfWhatWasPublished() {
        TestChannel device = subscribed();
        device.publish1(CHAT, "own");
        server.rest();
        assertThat(server.store.payloads()).containsExactly("own");
    }

    // ---- after a kill ----

    @Test
    void whatWasStoredIsThereAfterAKill() {
        absent();
        publish("1");
        publish("2");
        server = server.killed();
        assertThat(server.resume(LAMP).payloads()).containsExactly("1", "2");
    }

    @Test
    void whatWaitedForAnAbsentDeviceIsNoRepetitionAfterAKill() {
        absent();
        publish("1");
        server = server.killed();
        assertThat(server.resume(LAMP).received).extracting(TestChannel.Sent::dup).containsExactly(false);
    }

    @Test
    void whatMayHaveBeenSentIsARepetitionAfterAKill() {
        subscribed();
        publish("1");
        server = server.killed();
        assertThat(server.resume(LAMP).received).extracting(TestChannel.Sent::dup).containsExactly(true);
    }

    @Test
    void whatWasDrainedIsARepetitionAfterAKill() {
        absent();
        publish("1");
        assertThat(server.resume(LAMP).payloads()).containsExactly("1");
        server = server.killed();
        assertThat(server.resume(LAMP).received).extracting(TestChannel.Sent::dup).containsExactly(true);
    }

    @Test
    void nothingIsDrainedBeforeTheStoreKnowsThatItMayHaveBeenSent() {
        absent();
        publish("1");
        server.store.held = true;
        TestChannel device = server.resume(LAMP);
        assertThat(device.received).isEmpty();
        server.store.held = false;
        server.settle();
        assertThat(device.payloads()).containsExactly("1");
    }

    @Test
    void newMessagesGoBehindTheOldOnesAfterAKill() {
        absent();
        publish("1");
        server = server.killed();
        publish("2");
        server = server.killed();
        publish("3");
        assertThat(server.resume(LAMP).payloads()).containsExactly("1", "2", "3");
    }

    // ---- bounds ----

    @Test
    void ofMoreThanMayWaitTheOldestAreDropped() {
        absent();
        for (int i = 0; i < WAITING_MAXIMUM + 2; i++) {
            publish(Integer.toString(i));
        }
        assertThat(drops(DropReason.QUEUE_FULL)).isEqualTo(2);
        assertThat(server.store.payloads()).hasSize(WAITING_MAXIMUM).startsWith("2");
    }

    @Test
    void ofMoreBytesThanMayWaitTheOldestAreDropped() {
        absent();
        publish("x".repeat(6_000));
        publish("y".repeat(4_001));
        assertThat(server.store.payloads()).containsExactly("y".repeat(4_001));
    }

    @Test
    void theBoundsHoldForWhatWasFoundAfterAKill() {
        absent();
        publish("x".repeat(6_000));
        server = server.killed();
        publish("y".repeat(4_001));
        assertThat(server.store.payloads()).containsExactly("y".repeat(4_001));
    }

    @Test
    void aMessageThatMayNotWaitAtAllIsDropped() {
        absent();
        assertThat(publish("x".repeat(10_001))).isEqualTo(SendOutcome.DROPPED);
    }

    @Test
    void whatHasWaitedTooLongIsNotSent() {
        absent();
        publish("x");
        server.pass(Duration.ofDays(7));
        assertThat(server.resume(LAMP).received).isEmpty();
        assertThat(drops(DropReason.EXPIRED)).isEqualTo(1);
        assertThat(server.store.payloads()).isEmpty();
    }

    @Test
    void whatHasExpiredIsNotSentAfterAKill() {
        absent();
        publish(expiring(10));
        server.clock.pass(Duration.ofSeconds(10));
        server = server.killed();
        assertThat(server.resume(LAMP).received).isEmpty();
    }

    @Test
    void theTimeAMessageWaitedIsTakenFromItsExpiryAfterAKillToo() {
        absent();
        publish(expiring(10));
        server.clock.pass(Duration.ofSeconds(4));
        server = server.killed();
        TestChannel device = server.connect(LAMP, false, 60);
        assertThat(device.received.get(0).properties().messageExpiry()).hasValue(6);
    }

    @Test
    void whatHasExpiredLeavesTheStoreWhenItIsLookedAt() {
        absent();
        publish(expiring(10));
        publish("x");
        server.clock.pass(Duration.ofSeconds(10));
        server.loops.refresh(LAMP);
        server.settle();
        assertThat(server.store.payloads()).containsExactly("x");
    }

    @Test
    void whatADeviceMayNotReceiveAnyMoreIsNotSent() {
        absent();
        publish("x");
        server.changeClasses(List.of());
        assertThat(server.resume(LAMP).received).isEmpty();
        assertThat(drops(DropReason.NOT_AUTHORIZED)).isEqualTo(1);
    }

    @Test
    void whatIsTooLargeForTheDeviceDoesNotStopTheOthers() {
        absent();
        publish("x".repeat(11));
        publish("2");
        TestChannel device = new TestChannel(server, server.home(LAMP), MqttVersion.V3_1_1);
        device.payloadMaximum = 10;
        device.connect(TestServer.keepingPacket(LAMP));
        server.settle();
        assertThat(device.payloads()).containsExactly("2");
        device.ackOldest(ReasonCode.SUCCESS);
        server.settle();
        assertThat(server.store.payloads()).isEmpty();
    }

    @Test
    void whatWaitedForASessionThatIsDiscardedIsCounted() {
        absent();
        publish("1");
        publish("2");
        server.connect(LAMP);
        assertThat(drops(DropReason.SESSION_ENDED)).isEqualTo(2);
        assertThat(server.store.payloads()).isEmpty();
    }

    // ---- a store that does not get on ----

    @Test
    void aMessageForAnAbsentDeviceThatTheWriterHasNoRoomForIsUnavailable() {
        absent();
        server.store.full = true;
        assertThat(publish("x")).isEqualTo(SendOutcome.UNAVAILABLE);
        assertThat(drops(DropReason.SERVER_BUSY)).isEqualTo(1);
        server.store.full = false;
        assertThat(server.resume(LAMP).received).isEmpty();
    }

    @Test
    void aMessageOnItsWayThatTheWriterHasNoRoomForWaitsForIt() {
        subscribed();
        server.store.full = true;
        CompletionStage<PubResult> result = publishLater("x");
        server.settle();
        server.rest();
        assertThat(server.get(result)).isNull();
        server.store.full = false;
        server.rest();
        assertThat(server.get(result).outcome()).isEqualTo(SendOutcome.SENT);
    }

    @Test
    void aWriterWithoutRoomIsNotAskedForEveryMessage() {
        TestChannel device = subscribed();
        server.store.full = true;
        for (int i = 0; i < 50; i++) {
            device.publish1(CHAT, Integer.toString(i));
        }
        server.rest();
        assertThat(server.store.offers()).isEqualTo(1);
        server.store.full = false;
        server.rest();
        server.rest();
        assertThat(server.store.inserted()).isEqualTo(50);
    }

    @Test
    void aMessageThatTheDatabaseRefusesIsDropped() {
        absent();
        server.store.refusesMessages = true;
        assertThat(publish("x")).isEqualTo(SendOutcome.DROPPED);
        assertThat(drops(DropReason.DATABASE)).isEqualTo(1);
    }

    @Test
    void aFirstMessageThatTheDatabaseRefusesDoesNotStopTheOthers() {
        absent();
        server.store.refusesMessages = true;
        publish("1");
        server.store.refusesMessages = false;
        publish("2");
        assertThat(server.resume(LAMP).payloads()).containsExactly("2");
    }

    @Test
    void aMessageOnItsWayThatTheDatabaseRefusesDoesNotComeAgain() {
        TestChannel device = subscribed();
        server.store.refusesMessages = true;
        assertThat(publish("x")).isEqualTo(SendOutcome.DROPPED);
        device.lose();
        server.settle();
        assertThat(server.resume(LAMP).received).isEmpty();
    }

    @Test
    void withoutTheStoreQos0GoesOn() {
        TestChannel device = subscribed();
        server.store.held = true;
        server.store.away = true;
        device.publish0(CHAT, "x");
        assertThat(device.payloads()).containsExactly("x");
    }

    @Test
    void whenTheStoreIsBackWhatWaitedIsAcknowledged() {
        TestChannel device = subscribed();
        server.store.held = true;
        for (int i = 0; i < 100; i++) {
            device.publish1(CHAT, Integer.toString(i));
        }
        server.rest();
        assertThat(device.acks).isEmpty();
        server.store.held = false;
        server.settle();
        assertThat(device.acks).hasSize(100);
    }

    @Test
    void whenTooMuchRestsADeviceOf5IsRefused() {
        TestChannel device = server.connect(LAMP, true, 60);
        device.subscribe(CHAT);
        fillTheRest(device);
        assertThat(device.publish1(CHAT, "x")).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
    }

    @Test
    void whenTooMuchRestsADeviceOf3IsNotAcknowledged() {
        TestChannel device = subscribed();
        fillTheRest(device);
        device.publish1(CHAT, "x");
        assertThat(device.dropped).hasSize(1);
        assertThat(device.received).extracting(TestChannel.Sent::payload).doesNotContain("x");
    }

    private void fillTheRest(TestChannel device) {
        server.store.full = true;
        device.window = Integer.MAX_VALUE;
        String payload = "y".repeat(200_000);
        for (long bytes = 0; bytes < SessionKeeper.RESTING_MAXIMUM / 2; bytes += payload.length()) {
            device.publish1(CHAT, payload);
        }
    }

    // ---- helpers ----

    private TestChannel subscribed() {
        TestChannel device = server.resume(LAMP);
        device.subscribe(GET);
        device.subscribe(CHAT);
        return device;
    }

    private void absent() {
        subscribed().lose();
        server.settle();
    }

    private CompletionStage<PubResult> publishLater(String payload) {
        return server.loops.publish(Message.of(TopicName.of(GET), QoS.AT_LEAST_ONCE, Payload.utf8(payload)));
    }

    private SendOutcome publish(String payload) {
        return outcome(publishLater(payload));
    }

    private SendOutcome publish(Message message) {
        return outcome(server.loops.publish(message));
    }

    private SendOutcome outcome(CompletionStage<PubResult> result) {
        server.settle();
        server.rest();
        return server.get(result).outcome();
    }

    private static Message expiring(long seconds) {
        return Message.of(TopicName.of(GET), QoS.AT_LEAST_ONCE, Payload.utf8("expiring"),
                new PublishProperties(OptionalInt.empty(), OptionalLong.of(seconds), Optional.empty(), Optional.empty(),
                        Optional.empty(), List.of()));
    }

    private long drops(DropReason reason) {
        return server.loops.counters().drops().get(reason);
    }
}
