package io.thingport.platform.session;

import static io.thingport.platform.session.TestServer.CHAT;
import static io.thingport.platform.session.TestServer.GET;
import static io.thingport.platform.session.TestServer.LAMP;
import static io.thingport.platform.session.TestServer.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.UserProperty;
import io.thingport.platform.registry.Operation;
import io.thingport.platform.registry.TopicClass;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What becomes of what a device publishes. */
class PublishTest {

    private final TestServer server = new TestServer();
    private final TestChannel device = server.connect(LAMP);

    @Test
    void whatIsPermittedIsAcknowledged() {
        assertThat(device.publish1(UPDATE, "x")).isEqualTo(ReasonCode.SUCCESS);
    }

    @Test
    void aSystemTopicIsAcknowledged() {
        assertThat(device.publish1("/sys/a1Qx7Lm2Zt9/lamp_01/thing/event/property/post", "x"))
                .isEqualTo(ReasonCode.SUCCESS);
    }

    @Test
    void whatIsDeniedIsAcknowledgedWithTheReason() {
        assertThat(device.publish1(GET, "x")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void whatIsDeniedIsCounted() {
        device.publish0(GET, "x");
        assertThat(drops(DropReason.NOT_AUTHORIZED)).isEqualTo(1);
    }

    @Test
    void whatIsDeniedLeavesTheConnectionOpen() {
        device.publish1("/a1Qx7Lm2Zt9/lamp_02/user/update", "x");
        assertThat(device.open()).isTrue();
    }

    @Test
    void aTopicThatIsTooDeepIsInvalid() {
        assertThat(device.publish1("/a1Qx7Lm2Zt9/lamp_01/user/a/b/c/d/e", "x")).isEqualTo(ReasonCode.TOPIC_NAME_INVALID);
        assertThat(drops(DropReason.TOPIC_INVALID)).isEqualTo(1);
    }

    @Test
    void aQos0MessageIsNotAcknowledged() {
        device.publish0(UPDATE, "x");
        assertThat(device.acks).isEmpty();
    }

    @Test
    void aDeviceReceivesItsOwnMessageWhenItSubscribed() {
        device.subscribe(CHAT);
        device.publish0(CHAT, "hello");
        assertThat(device.payloads()).containsExactly("hello");
    }

    @Test
    void itReceivesItOnceHoweverManyFiltersMatch() {
        device.subscribe("/sys/a1Qx7Lm2Zt9/lamp_01/thing/service/+");
        device.subscribe("/sys/a1Qx7Lm2Zt9/lamp_01/thing/#");
        device.publish0("/sys/a1Qx7Lm2Zt9/lamp_01/thing/service/set_reply", "x");
        assertThat(device.payloads()).containsExactly("x");
    }

    @Test
    void itReceivesItAtTheQosItWasPublishedWith() {
        device.subscribe(CHAT);
        device.publish0(CHAT, "0");
        device.publish1(CHAT, "1");
        assertThat(device.received).extracting(TestChannel.Sent::qos)
                .containsExactly(QoS.AT_MOST_ONCE, QoS.AT_LEAST_ONCE);
    }

    @Test
    void itDoesNotReceiveItWhenItDidNotSubscribe() {
        device.publish0(CHAT, "x");
        assertThat(device.received).isEmpty();
    }

    @Test
    void itDoesNotReceiveItWithNoLocal() {
        device.subscribeNoLocal(CHAT);
        device.publish0(CHAT, "x");
        assertThat(device.received).isEmpty();
    }

    @Test
    void oneSubscriptionWithoutNoLocalIsEnough() {
        device.subscribeNoLocal("/sys/a1Qx7Lm2Zt9/lamp_01/thing/#");
        device.subscribe("/sys/a1Qx7Lm2Zt9/lamp_01/thing/service/+");
        device.publish0("/sys/a1Qx7Lm2Zt9/lamp_01/thing/service/x", "x");
        assertThat(device.payloads()).containsExactly("x");
    }

    @Test
    void aSubscriptionIsInForceFromTheNextMessageOn() {
        device.publish0(CHAT, "before");
        device.subscribe(CHAT);
        device.publish0(CHAT, "after");
        assertThat(device.payloads()).containsExactly("after");
    }

    @Test
    void aSubscriptionThatIsTakenBackIsNoLongerInForce() {
        device.subscribe(CHAT);
        device.publish0(CHAT, "before");
        device.unsubscribe(CHAT);
        device.publish0(CHAT, "after");
        assertThat(device.payloads()).containsExactly("before");
    }

    @Test
    void aClassThatIsTakenAwayNoLongerPermits() {
        device.publish1(CHAT, "x");
        server.changeClasses(List.of());
        assertThat(device.publish1(CHAT, "x")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void aClassThatIsAddedPermits() {
        device.publish1(GET, "x");
        server.changeClasses(List.of(new TopicClass(2, "user/get", Operation.ALL, Optional.empty())));
        assertThat(device.publish1(GET, "x")).isEqualTo(ReasonCode.SUCCESS);
    }

    @Test
    void whatMayNoLongerBeSubscribedIsNoLongerReceived() {
        device.subscribe(CHAT);
        server.changeClasses(List.of(new TopicClass(1, "user/chat", Operation.PUB, Optional.empty())));
        device.publish1(CHAT, "x");
        assertThat(device.received).isEmpty();
    }

    @Test
    void aTopicThatIsTooLongIsNotKept() {
        device.publish0(CHAT, "x");
        device.publish0(CHAT + "/" + "x".repeat(60_000), "x");
        assertThat(device.routes).containsOnlyKeys(CHAT);
    }

    @Test
    void propertiesTravelAlong() {
        PublishProperties properties = userProperties(List.of(new UserProperty("k", "v")));
        device.subscribe(CHAT);
        device.publish1(CHAT, "x", properties);
        assertThat(device.received).extracting(TestChannel.Sent::properties).containsExactly(properties);
    }

    @Test
    void propertiesBeyondTheirLimitsAreRefused() {
        PublishProperties properties = userProperties(List.of(new UserProperty("k", "v".repeat(128))));
        device.subscribe(CHAT);
        assertThat(device.publish1(CHAT, "x", properties)).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
        assertThat(device.received).isEmpty();
    }

    @Test
    void aReplyThatNobodyWaitsForIsAcknowledgedAndCounted() {
        assertThat(device.publish1("/sys/a1Qx7Lm2Zt9/lamp_01/rrpc/response/5", "x")).isEqualTo(ReasonCode.SUCCESS);
        assertThat(drops(DropReason.STRAY_REPLY)).isEqualTo(1);
    }

    private static PublishProperties userProperties(List<UserProperty> properties) {
        return new PublishProperties(OptionalInt.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), properties);
    }

    private long drops(DropReason reason) {
        return server.loops.counters().drops().get(reason);
    }
}
