package io.thingport.platform.session;

import static io.thingport.platform.session.TestServer.CHAT;
import static io.thingport.platform.session.TestServer.CLASSES;
import static io.thingport.platform.session.TestServer.GET;
import static io.thingport.platform.session.TestServer.LAMP;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.CallOutcome;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.SendOutcome;
import io.thingport.mqtt.TopicName;
import io.thingport.platform.registry.TopicClass;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A topic class is deleted while a device is subscribed, and while its kept session waits for it. */
class PermissionWithdrawnTest {

    private static final List<TopicClass> WITHOUT_GET = CLASSES.stream().filter(c -> !c.suffix().equals("user/get"))
            .toList();

    private final TestServer server = new TestServer();

    @Test
    void liveMessagesStopAtOnce() {
        TestChannel device = subscribed();
        server.changeClasses(WITHOUT_GET);
        assertThat(outcome(GET)).isEqualTo(SendOutcome.FORBIDDEN_TOPIC);
        assertThat(device.received).isEmpty();
    }

    @Test
    void otherTopicsGoOn() {
        TestChannel device = subscribed();
        server.changeClasses(WITHOUT_GET);
        publish(CHAT, "x");
        assertThat(device.payloads()).containsExactly("x");
    }

    @Test
    void theDevicesOwnMessagesDoNotComeBackAnyMore() {
        TestChannel device = subscribed();
        device.publish0(CHAT, "before");
        server.changeClasses(List.of());
        device.publish0(CHAT, "after");
        assertThat(device.payloads()).containsExactly("before");
    }

    @Test
    void itsPublishesAreRefusedAtOnce() {
        TestChannel device = subscribed();
        device.publish1(CHAT, "before");
        server.changeClasses(List.of());
        assertThat(device.publish1(CHAT, "after")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void callsOnTheTopicAreForbidden() {
        subscribed();
        server.changeClasses(WITHOUT_GET);
        assertThat(server.get(server.loops.call(LAMP, Optional.of(TopicName.of(GET)), new byte[0], Duration.ofSeconds(1)))
                .status()).isEqualTo(CallOutcome.Status.FORBIDDEN_TOPIC);
    }

    @Test
    void itCannotBeSubscribedAnew() {
        TestChannel device = subscribed();
        server.changeClasses(WITHOUT_GET);
        assertThat(device.subscribe(GET)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void whatWaitsForRoomIsDroppedAndCountedAndDoesNotHoldTheOthers() {
        TestChannel device = server.connect(LAMP);
        device.subscribe(GET);
        device.subscribe(CHAT);
        device.window = 1;
        publish(CHAT, "1");
        publish(GET, "2");
        publish(CHAT, "3");
        server.changeClasses(WITHOUT_GET);
        device.ackAll();
        assertThat(device.payloads()).containsExactly("1", "3");
        assertThat(notAuthorized()).isEqualTo(1);
    }

    @Test
    void whatWaitsInAKeptSessionIsDroppedAndCountedAndDoesNotHoldTheOthers() {
        absent();
        publish(GET, "1");
        publish(CHAT, "2");
        publish(GET, "3");
        publish(CHAT, "4");
        server.changeClasses(WITHOUT_GET);
        TestChannel device = server.resume(LAMP);
        assertThat(device.payloads()).containsExactly("2", "4");
        assertThat(notAuthorized()).isEqualTo(2);
    }

    @Test
    void itIsDroppedFromTheStoreToo() {
        absent();
        publish(GET, "1");
        server.changeClasses(WITHOUT_GET);
        server.resume(LAMP);
        assertThat(server.store.payloads()).isEmpty();
    }

    @Test
    void whatWasSentAndNotAcknowledgedIsNotSentAgain() {
        TestChannel device = subscribed();
        publish(GET, "1");
        publish(CHAT, "2");
        device.lose();
        server.settle();
        server.changeClasses(WITHOUT_GET);
        assertThat(server.resume(LAMP).payloads()).containsExactly("2");
        assertThat(notAuthorized()).isEqualTo(1);
    }

    @Test
    void aResumedSessionReceivesNothingMoreThereUntilItIsPermittedAgain() {
        absent();
        server.changeClasses(WITHOUT_GET);
        TestChannel device = server.resume(LAMP);
        assertThat(outcome(GET)).isEqualTo(SendOutcome.FORBIDDEN_TOPIC);
        server.changeClasses(CLASSES);
        publish(GET, "again");
        assertThat(device.payloads()).containsExactly("again");
    }

    @Test
    void nothingMoreIsStoredForAnAbsentDevice() {
        absent();
        server.changeClasses(WITHOUT_GET);
        assertThat(outcome(GET)).isEqualTo(SendOutcome.FORBIDDEN_TOPIC);
        assertThat(server.store.payloads()).isEmpty();
    }

    /** A device that keeps its session and has subscribed. */
    private TestChannel subscribed() {
        TestChannel device = server.resume(LAMP);
        device.subscribe(GET);
        device.subscribe(CHAT);
        server.rest();
        return device;
    }

    private void absent() {
        subscribed().lose();
        server.settle();
    }

    private void publish(String topic, String payload) {
        server.loops.publish(Message.of(TopicName.of(topic), QoS.AT_LEAST_ONCE,
                Payload.of(payload.getBytes(StandardCharsets.UTF_8))));
        server.settle();
    }

    private SendOutcome outcome(String topic) {
        return server.get(server.loops.publish(Message.of(TopicName.of(topic), QoS.AT_LEAST_ONCE, Payload.EMPTY)))
                .outcome();
    }

    private long notAuthorized() {
        return server.loops.counters().drops().get(DropReason.NOT_AUTHORIZED);
    }
}
