package io.thingport.platform.session;

import static io.thingport.platform.session.TestServer.GET;
import static io.thingport.platform.session.TestServer.LAMP;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.CallOutcome;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.SendOutcome;
import io.thingport.mqtt.TopicName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AutoSubscriptionTest {

    private static final String SYSTEM = "/sys/a1Qx7Lm2Zt9/lamp_01/";
    private static final String SET = SYSTEM + "thing/service/property/set";
    private static final String REBOOT = SYSTEM + "thing/service/reboot";

    private TestServer server = new TestServer();

    @Test
    void systemTopicsNeedNoSubscribe() {
        TestChannel device = server.connectWithSs(LAMP, true);
        assertThat(pub(SET)).isEqualTo(SendOutcome.SENT);
        assertThat(device.received.get(0).topic()).isEqualTo(SET);
    }

    @Test
    void withoutSsTheyDo() {
        server.connect(LAMP);
        assertThat(pub(SET)).isEqualTo(SendOutcome.NOT_SUBSCRIBED);
    }

    @Test
    void customTopicsNeedASubscribe() {
        server.connectWithSs(LAMP, true);
        assertThat(pub(GET)).isEqualTo(SendOutcome.NOT_SUBSCRIBED);
    }

    @Test
    void aCallOverTheSystemTopicNeedsNoSubscribe() {
        TestChannel device = server.connectWithSs(LAMP, true);
        call(Optional.empty());
        assertThat(device.received.get(0).topic()).startsWith(SYSTEM + "rrpc/request/");
    }

    @Test
    void aServiceCallNeedsNoSubscribe() {
        TestChannel device = server.connectWithSs(LAMP, true);
        call(Optional.of(REBOOT));
        assertThat(device.received.get(0).topic()).matches("/ext/rrpc/[0-9]+" + REBOOT);
    }

    @Test
    void aCallOverACustomTopicNeedsASubscribe() {
        server.connectWithSs(LAMP, true);
        assertThat(call(Optional.of(GET)).status()).isEqualTo(CallOutcome.Status.NOT_SUBSCRIBED);
    }

    @Test
    void whatTheDevicePublishesDoesNotComeBack() {
        TestChannel device = server.connectWithSs(LAMP, true);
        device.publish0(SET, "x");
        device.publish0(SET + "_reply", "x");
        assertThat(device.received).isEmpty();
    }

    @Test
    void unsubscribingEndsIt() {
        TestChannel device = server.connectWithSs(LAMP, true);
        assertThat(device.unsubscribe(SYSTEM + "thing/service/+")).isEqualTo(ReasonCode.SUCCESS);
        assertThat(pub(REBOOT)).isEqualTo(SendOutcome.NOT_SUBSCRIBED);
        assertThat(pub(SET)).isEqualTo(SendOutcome.SENT);
    }

    @Test
    void unsubscribingAPartEndsThatPart() {
        TestChannel device = server.connectWithSs(LAMP, true);
        device.unsubscribe(REBOOT);
        assertThat(pub(REBOOT)).isEqualTo(SendOutcome.NOT_SUBSCRIBED);
        assertThat(pub(SYSTEM + "thing/service/light")).isEqualTo(SendOutcome.SENT);
    }

    @Test
    void whatWasUnsubscribedIsNotThereAnyMore() {
        TestChannel device = server.connectWithSs(LAMP, true);
        device.unsubscribe(SYSTEM + "thing/service/#");
        assertThat(device.unsubscribe(REBOOT)).isEqualTo(ReasonCode.NO_SUBSCRIPTION_EXISTED);
    }

    @Test
    void whatWasNeverThereCannotBeUnsubscribed() {
        TestChannel device = server.connectWithSs(LAMP, true);
        assertThat(device.unsubscribe(GET)).isEqualTo(ReasonCode.NO_SUBSCRIPTION_EXISTED);
        assertThat(device.unsubscribe("/sys/a1Qx7Lm2Zt9/lamp_02/#")).isEqualTo(ReasonCode.NO_SUBSCRIPTION_EXISTED);
        assertThat(device.unsubscribe("a#")).isEqualTo(ReasonCode.NO_SUBSCRIPTION_EXISTED);
    }

    @Test
    void unsubscribingAlsoTakesTheDevicesOwnAway() {
        TestChannel device = server.connectWithSs(LAMP, true);
        device.subscribe(SET);
        device.unsubscribe(SET);
        assertThat(pub(SET)).isEqualTo(SendOutcome.NOT_SUBSCRIBED);
    }

    @Test
    void aSubscribeBringsItBack() {
        TestChannel device = server.connectWithSs(LAMP, true);
        device.unsubscribe(REBOOT);
        device.subscribe(SYSTEM + "thing/service/+");
        assertThat(pub(REBOOT)).isEqualTo(SendOutcome.SENT);
    }

    @Test
    void aNewConnectBringsItBack() {
        server.connectWithSs(LAMP, false).unsubscribe(REBOOT);
        server.connectWithSs(LAMP, false);
        assertThat(pub(REBOOT)).isEqualTo(SendOutcome.SENT);
    }

    @Test
    void itDoesNotCountAmongTheHundred() {
        TestChannel device = server.connectWithSs(LAMP, true);
        IntStream.range(0, 99).forEach(i -> device.subscribe(SYSTEM + "x/" + i));
        assertThat(device.subscribe(GET)).isEqualTo(ReasonCode.GRANTED_QOS_1);
    }

    @Test
    void exceptionsAreBounded() {
        TestChannel device = server.connectWithSs(LAMP, MqttVersion.V5, true);
        IntStream.range(0, Subscriptions.EXCEPTED_MAXIMUM).forEach(i -> device.unsubscribe(REBOOT + i));
        assertThat(device.unsubscribe(REBOOT)).isEqualTo(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR);
        assertThat(device.unsubscribe(SYSTEM + "thing/service/+")).isEqualTo(ReasonCode.SUCCESS);
    }

    /** UNSUBACK of 3.x cannot say that it is not so. */
    @Test
    void oneMoreExceptionEndsAConnectionOf3() {
        TestChannel device = server.connectWithSs(LAMP, true);
        IntStream.range(0, Subscriptions.EXCEPTED_MAXIMUM).forEach(i -> device.unsubscribe(REBOOT + i));
        assertThat(device.unsubscribe(List.of(REBOOT))).isEmpty();
        assertThat(device.open()).isFalse();
    }

    @Test
    void messagesWaitForAnAbsentDeviceWithoutASubscribe() {
        server.connectWithSs(LAMP, false).lose();
        server.settle();
        assertThat(pub(SET)).isEqualTo(SendOutcome.STORED);
        assertThat(server.connectWithSs(LAMP, false).payloads()).containsExactly("on");
    }

    @Test
    void itSurvivesAKill() {
        server.connectWithSs(LAMP, false);
        server = server.killed();
        assertThat(pub(SET)).isEqualTo(SendOutcome.STORED);
    }

    @Test
    void theEndOfAPartSurvivesAKill() {
        server.connectWithSs(LAMP, false).unsubscribe(REBOOT);
        server = server.killed();
        assertThat(pub(REBOOT)).isEqualTo(SendOutcome.NOT_SUBSCRIBED);
    }

    @Test
    void aKeptSessionThatBecomesOneWithSsSurvivesAKillWhenConnackHasCome() {
        server.resume(LAMP);
        server.connectWithSs(LAMP, false);
        server = server.killed();
        assertThat(pub(SET)).isEqualTo(SendOutcome.STORED);
    }

    @Test
    void aKeptSessionKeepsItWhenItsDeviceConnectsWithoutSs() {
        server.connectWithSs(LAMP, false);
        server.resume(LAMP);
        assertThat(pub(SET)).isEqualTo(SendOutcome.SENT);
    }

    @Test
    void aBroadcastTopicNeedsNoSubscribeWhateverTheDevice() {
        server.connect(LAMP);
        assertThat(pub(SYSTEM + "broadcast/request/7")).isEqualTo(SendOutcome.SENT);
    }

    private SendOutcome pub(String topic) {
        var published = server.loops.publish(Message.of(TopicName.of(topic), QoS.AT_LEAST_ONCE, Payload.utf8("on")));
        server.settle();
        server.rest();
        return server.get(published).outcome();
    }

    private CallOutcome call(Optional<String> topic) {
        return server.get(server.loops.call(LAMP, topic.map(TopicName::of), new byte[0], Duration.ofSeconds(5)));
    }
}
