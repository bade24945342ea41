package io.thingport.platform.session;

import static io.thingport.platform.session.TestServer.GET;
import static io.thingport.platform.session.TestServer.LAMP;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.SendOutcome;
import io.thingport.mqtt.TopicName;
import io.thingport.platform.messaging.PubResult;
import io.thingport.platform.registry.RegistryChange;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which sessions outlive their connection, how long, and what their CONNACK, SUBACK and UNSUBACK wait for. */
class StoredSessionTest {

    private static final long NEVER = 0xFFFF_FFFFL;

    private TestServer server = new TestServer();

    // ---- MQTT 3.1.1, 3.1.2.4: Clean Session ----

    @Test
    void aFirstSessionIsNotPresent() {
        assertThat(present(server.resume(LAMP))).isFalse();
    }

    @Test
    void aSessionThatWasKeptIsPresent() {
        server.resume(LAMP).lose();
        assertThat(present(server.resume(LAMP))).isTrue();
    }

    @Test
    void itsSubscriptionsAreKept() {
        server.resume(LAMP).subscribe(GET);
        TestChannel again = server.resume(LAMP);
        publish("x");
        assertThat(again.payloads()).containsExactly("x");
    }

    @Test
    void aCleanSessionEndsTheOneBeforeIt() {
        server.resume(LAMP).subscribe(GET);
        server.connect(LAMP).lose();
        assertThat(present(server.resume(LAMP))).isFalse();
        assertThat(publish("x")).isEqualTo(SendOutcome.NOT_SUBSCRIBED);
    }

    @Test
    void aCleanSessionIsNotKept() {
        server.connect(LAMP).lose();
        assertThat(present(server.resume(LAMP))).isFalse();
    }

    // ---- MQTT 5, 3.1.2.4 and 3.1.2.11.2: Clean Start and Session Expiry Interval ----

    @Test
    void withoutAnExpiryASessionEndsWithItsConnection() {
        server.connect(LAMP, false, 0).lose();
        server.settle();
        assertThat(present(server.connect(LAMP, false, 0))).isFalse();
    }

    @Test
    void aSessionLivesUntilItExpires() {
        server.connect(LAMP, true, 60).lose();
        server.settle();
        server.pass(Duration.ofSeconds(59));
        assertThat(present(server.connect(LAMP, false, 60))).isTrue();
    }

    @Test
    void anExpiredSessionIsGone() {
        server.connect(LAMP, true, 60).lose();
        server.settle();
        server.pass(Duration.ofSeconds(60));
        assertThat(present(server.connect(LAMP, false, 60))).isFalse();
    }

    @Test
    void aSessionDoesNotExpireWhileItsDeviceIsConnected() {
        TestChannel device = server.connect(LAMP, true, 60);
        device.subscribe(GET);
        server.pass(Duration.ofSeconds(120));
        assertThat(publish("x")).isEqualTo(SendOutcome.SENT);
    }

    @Test
    void aCleanStartDiscardsTheSessionAndBeginsAnother() {
        server.connect(LAMP, true, NEVER).subscribe(GET);
        TestChannel fresh = server.connect(LAMP, true, NEVER);
        assertThat(present(fresh)).isFalse();
        assertThat(publish("x")).isEqualTo(SendOutcome.NOT_SUBSCRIBED);
    }

    @Test
    void aSessionThatIsResumedWithoutAnExpiryEndsWithTheConnection() {
        server.connect(LAMP, true, NEVER).lose();
        TestChannel last = server.connect(LAMP, false, 0);
        assertThat(present(last)).isTrue();
        last.lose();
        server.settle();
        assertThat(present(server.connect(LAMP, false, 0))).isFalse();
    }

    @Test
    void aDisconnectMayChangeTheExpiry() {
        server.connect(LAMP, true, NEVER).disconnect(OptionalLong.of(10));
        server.settle();
        server.pass(Duration.ofSeconds(10));
        assertThat(present(server.connect(LAMP, false, NEVER))).isFalse();
    }

    @Test
    void aDisconnectMayEndTheSession() {
        server.connect(LAMP, true, NEVER).disconnect(OptionalLong.of(0));
        server.settle();
        assertThat(present(server.connect(LAMP, false, NEVER))).isFalse();
        assertThat(server.store.sessions).hasSize(1); // the new one's
    }

    @Test
    void theSdkThatDoesNotStandItIsNotToldThatASessionIsPresent() {
        server.resume(LAMP).lose();
        server.settle();
        TestChannel device = new TestChannel(server, server.home(LAMP), MqttVersion.V5);
        device.connect(TestServer.connectPacket(LAMP, MqttVersion.V5, "c|_v=sdk-c-4.1.0,signmethod=hmacsha256|",
                OptionalLong.of(NEVER)));
        server.settle();
        assertThat(present(device)).isFalse();
    }

    // ---- after a restart ----

    @Test
    void aSessionIsFoundAgainAfterARestart() {
        server.resume(LAMP).subscribe(GET);
        server.settle();
        server = server.killed();
        TestChannel device = server.resume(LAMP);
        assertThat(present(device)).isTrue();
        publish("x");
        assertThat(device.payloads()).containsExactly("x");
    }

    @Test
    void aSessionOfAnAbsentDeviceTakesMessagesAfterARestart() {
        server.resume(LAMP).subscribe(GET);
        server.settle();
        server = server.killed();
        assertThat(publish("x")).isEqualTo(SendOutcome.STORED);
    }

    @Test
    void aSessionThatWasConnectedWhenTheServerDiedExpiresFromTheNextStartOn() {
        server.connect(LAMP, true, 60);
        server.clock.pass(Duration.ofSeconds(600));
        server = server.killed();
        server.pass(Duration.ofSeconds(59));
        assertThat(present(server.connect(LAMP, false, 60))).isTrue();
        server = server.killed();
        server.pass(Duration.ofSeconds(60));
        assertThat(present(server.connect(LAMP, false, 60))).isFalse();
    }

    @Test
    void aSessionThatExpiredWhileTheServerWasDownIsGone() {
        server.connect(LAMP, true, 60).lose();
        untilItsExpiryIsStored();
        server.clock.pass(Duration.ofSeconds(61));
        server = server.killed();
        assertThat(present(server.connect(LAMP, false, 60))).isFalse();
    }

    @Test
    void anExpiredSessionThatIsLookedAtLeavesTheStore() {
        server.connect(LAMP, true, 60).lose();
        untilItsExpiryIsStored();
        server.clock.pass(Duration.ofSeconds(61));
        server = server.killed();
        server.loops.refresh(LAMP);
        server.settle();
        assertThat(server.store.sessions).isEmpty();
    }

    @Test
    void aSessionThatTheServerDiedTooSoonForHasItsWholeTimeAgain() {
        server.connect(LAMP, true, 60).lose();
        server.settle();
        server.clock.pass(Duration.ofSeconds(600));
        server = server.killed();
        server.pass(Duration.ofSeconds(59));
        assertThat(present(server.connect(LAMP, false, 60))).isTrue();
    }

    @Test
    void aDeviceThatIsSoonBackCostsNoWrite() {
        server.connect(LAMP, true, 60).lose();
        server.settle();
        int before = server.store.saves();
        TestChannel device = server.connect(LAMP, false, 60);
        untilItsExpiryIsStored();
        assertThat(device.accepted()).isTrue();
        assertThat(server.store.saves()).isEqualTo(before);
    }

    private void untilItsExpiryIsStored() {
        for (int i = 0; i < 2; i++) {
            server.settle();
            server.pass(Duration.ofSeconds(Attachments.SAVE_SECONDS));
        }
    }

    // ---- what answers wait for ----

    @Test
    void theConnackOfANewSessionWaitsUntilItIsStored() {
        server.store.held = true;
        TestChannel device = server.resume(LAMP);
        assertThat(device.accepted()).isFalse();
        server.store.held = false;
        server.settle();
        assertThat(device.accepted()).isTrue();
    }

    @Test
    void theConnackOfACleanSessionWaitsUntilTheOldOneHasEnded() {
        server.resume(LAMP).lose();
        server.settle();
        server.store.held = true;
        TestChannel device = server.connect(LAMP);
        assertThat(device.accepted()).isFalse();
        server.store.held = false;
        server.settle();
        assertThat(device.accepted()).isTrue();
    }

    @Test
    void theConnackOfAResumedSessionDoesNotWait() {
        server.resume(LAMP).lose();
        server.settle();
        server.store.held = true;
        assertThat(server.resume(LAMP).accepted()).isTrue();
    }

    @Test
    void aSessionThatCannotBeStoredInTimeIsUnavailable() {
        server.store.held = true;
        TestChannel device = server.resume(LAMP);
        server.pass(Duration.ofSeconds(Attachments.WAIT_SECONDS));
        assertThat(device.refused).contains(ReasonCode.SERVER_UNAVAILABLE);
    }

    @Test
    void aSessionThatNoConnackHasToldOfIsNotPresent() {
        server.store.held = true;
        server.resume(LAMP);
        server.pass(Duration.ofSeconds(Attachments.WAIT_SECONDS));
        TestChannel again = server.resume(LAMP);
        assertThat(again.accepted()).isFalse();
        server.store.held = false;
        server.settle();
        assertThat(present(again)).isFalse();
    }

    @Test
    void aSessionThatCannotBeReadIsUnavailable() {
        server.store.away = true;
        assertThat(server.resume(LAMP).refused).contains(ReasonCode.SERVER_UNAVAILABLE);
    }

    @Test
    void whenTheStoreAnswersAgainTheDeviceIsLetIn() {
        server.store.away = true;
        server.resume(LAMP);
        server.store.away = false;
        assertThat(server.resume(LAMP).accepted()).isTrue();
    }

    @Test
    void aDeviceInMemoryIsLetInWithoutTheStore() {
        server.resume(LAMP).lose();
        server.settle();
        server.store.away = true;
        server.store.held = true;
        assertThat(server.resume(LAMP).accepted()).isTrue();
    }

    @Test
    void aConnectionThatClosesWhileItWaitsIsNotConnected() {
        server.store.held = true;
        server.resume(LAMP).lose();
        server.settle();
        server.store.held = false;
        server.settle();
        assertThat(server.loops.counters().sessions()).isZero();
    }

    @Test
    void aSubackWaitsUntilTheSubscriptionIsStored() {
        TestChannel device = server.resume(LAMP);
        server.store.held = true;
        List<ReasonCode> suback = device.subscribeLater(GET);
        server.settle();
        assertThat(suback).isEmpty();
        server.store.held = false;
        server.settle();
        assertThat(suback).containsExactly(ReasonCode.GRANTED_QOS_1);
    }

    @Test
    void aSubscriptionThatIsThereAlreadyIsNotStoredAgain() {
        TestChannel device = server.resume(LAMP);
        device.subscribe(GET);
        server.settle();
        server.store.held = true;
        assertThat(device.subscribeLater(GET)).containsExactly(ReasonCode.GRANTED_QOS_1);
    }

    @Test
    void oneThatIsStillBeingStoredIsWaitedForAgain() {
        TestChannel device = server.resume(LAMP);
        server.store.held = true;
        device.subscribeLater(GET);
        assertThat(device.subscribeLater(GET)).isEmpty();
    }

    @Test
    void aSubscriptionThatWasGrantedSurvivesAKill() {
        assertThat(server.resume(LAMP).subscribe(GET)).isEqualTo(ReasonCode.GRANTED_QOS_1);
        server = server.killed();
        assertThat(publish("x")).isEqualTo(SendOutcome.STORED);
    }

    @Test
    void anUnsubscriptionThatWasGrantedSurvivesAKill() {
        TestChannel device = server.resume(LAMP);
        device.subscribe(GET);
        device.unsubscribe(GET);
        server = server.killed();
        assertThat(publish("x")).isEqualTo(SendOutcome.NOT_SUBSCRIBED);
    }

    @Test
    void aDeviceCannotPileUpSubscriptionsThatWait() {
        TestChannel device = server.resume(LAMP);
        pileUpSubscriptions(device);
        assertThat(device.subscribeLater(GET)).containsExactly(ReasonCode.QUOTA_EXCEEDED);
    }

    @Test
    void anUnsubscriptionThatCannotWaitIsRefused() {
        TestChannel device = server.connect(LAMP, false, 60);
        pileUpSubscriptions(device);
        assertThat(device.unsubscribeLater(List.of(GET))).containsExactly(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR);
    }

    @Test
    void a3xDeviceWhichCannotBeToldSoLosesItsConnection() {
        TestChannel device = server.resume(LAMP);
        pileUpSubscriptions(device);
        assertThat(device.unsubscribeLater(List.of(GET))).isEmpty();
        assertThat(device.closedWith).contains(ReasonCode.SERVER_BUSY);
    }

    private void pileUpSubscriptions(TestChannel device) {
        server.store.held = true;
        for (int i = 0; i < SessionKeeper.SAVES_MAXIMUM; i++) {
            device.subscribeLater(GET);
        }
    }

    // ---- takeover ----

    @Test
    void ofRacingConnectsTheLastOneHasTheSession() {
        server.resume(LAMP).subscribe(GET);
        List<TestChannel> racing = IntStream.range(0, 100).mapToObj(i -> {
            TestChannel channel = new TestChannel(server, server.testLoops.get(i % 2), MqttVersion.V3_1_1);
            channel.connect(TestServer.keepingPacket(LAMP));
            return channel;
        }).toList();
        server.settle();
        assertThat(racing).filteredOn(TestChannel::open).hasSize(1);
        publish("x");
        assertThat(racing).filteredOn(channel -> channel.payloads().contains("x")).singleElement()
                .matches(TestChannel::open);
    }

    @Test
    void ofRacingConnectsThatWaitForTheStoreTheLastOneIsLetIn() {
        server.store.held = true;
        TestChannel first = server.resume(LAMP);
        TestChannel second = server.resume(LAMP);
        server.store.held = false;
        server.settle();
        assertThat(first.accepted()).isFalse();
        assertThat(first.open()).isFalse();
        assertThat(second.accepted()).isTrue();
    }

    @Test
    void aCleanConnectThatTakesOverIsLetInWhenTheOldSessionHasEnded() {
        TestChannel old = server.resume(LAMP);
        old.subscribe(GET);
        TestChannel fresh = server.connect(LAMP);
        assertThat(old.open()).isFalse();
        assertThat(fresh.accepted()).isTrue();
        assertThat(server.store.sessions).isEmpty();
    }

    @Test
    void aKickedDeviceFindsItsSessionAgain() {
        server.resume(LAMP);
        server.get(server.loops.kick(LAMP, "kicked"));
        assertThat(present(server.resume(LAMP))).isTrue();
    }

    @Test
    void aDeviceThatIsKickedWhileItWaitsIsClosed() {
        server.store.held = true;
        TestChannel device = server.resume(LAMP);
        server.get(server.loops.kick(LAMP, "kicked"));
        assertThat(device.open()).isFalse();
        server.store.held = false;
        server.settle();
        assertThat(device.accepted()).isFalse();
    }

    // ---- devices that go ----

    @Test
    void theSessionOfADeletedDeviceEnds() {
        server.resume(LAMP).lose();
        server.settle();
        new Connections(server.loops).deviceChanged(new RegistryChange(LAMP, RegistryChange.Kind.DELETED));
        server.settle();
        assertThat(server.store.sessions).isEmpty();
    }

    @Test
    void aLaterDeviceOfTheSameNameHasNothingOfTheSession() {
        server.resume(LAMP).subscribe(GET);
        server.settle();
        server.replace(LAMP); // and nobody has told the loops
        assertThat(present(server.resume(LAMP))).isFalse();
        assertThat(publish("x")).isEqualTo(SendOutcome.NOT_SUBSCRIBED);
    }

    @Test
    void aDisabledDeviceKeepsItsSession() {
        server.resume(LAMP).subscribe(GET);
        new Connections(server.loops).deviceChanged(new RegistryChange(LAMP, RegistryChange.Kind.DISABLED));
        server.settle();
        assertThat(publish("x")).isEqualTo(SendOutcome.STORED);
    }

    // ---- memory ----

    @Test
    void manyDevicesThatArriveAtOnceAreReadTogether() {
        for (int i = 0; i < 60; i++) {
            DeviceKey device = new DeviceKey(TestServer.PRODUCT, "many_" + i);
            server.register(device);
            TestChannel channel = new TestChannel(server, server.home(device), MqttVersion.V3_1_1);
            channel.connect(TestServer.keepingPacket(device));
        }
        server.settle();
        assertThat(server.loops.counters().sessions()).isEqualTo(60);
        assertThat(server.store.reads).isLessThanOrEqualTo(4); // the first of each loop alone, then the rest
    }

    @Test
    void sessionsThatAreAwayGiveWayToOthersAndAreFoundAgain() {
        server.resume(LAMP).subscribe(GET);
        server.resume(LAMP).lose();
        server.settle();
        for (int i = 0; i < 300; i++) { // more than are kept in memory
            DeviceKey device = new DeviceKey(TestServer.PRODUCT, "many_" + i);
            server.register(device);
            server.resume(device).lose();
            server.settle();
        }
        int before = server.store.reads;
        assertThat(publish("x")).isEqualTo(SendOutcome.STORED);
        assertThat(server.store.reads).isGreaterThan(before);
    }

    private SendOutcome publish(String payload) {
        CompletionStage<PubResult> result = server.loops.publish(
                Message.of(TopicName.of(GET), QoS.AT_LEAST_ONCE, Payload.utf8(payload)));
        server.settle();
        server.rest();
        return server.get(result).outcome();
    }

    private static boolean present(TestChannel device) {
        return device.connack.orElseThrow().sessionPresent();
    }
}
