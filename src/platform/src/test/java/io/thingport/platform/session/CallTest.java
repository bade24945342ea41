package io.thingport.platform.session;

import static io.thingport.platform.session.TestServer.GET;
import static io.thingport.platform.session.TestServer.LAMP;
import static io.thingport.platform.session.TestServer.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.mqtt.CallOutcome;
import io.thingport.mqtt.CallOutcome.Status;
import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.TopicName;
import io.thingport.platform.config.Settings;
import io.thingport.platform.registry.Operation;
import io.thingport.platform.registry.TopicClass;
import io.thingport.platform.rrpc.WaitingCalls;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallTest {

    private static final String SYSTEM_REQUESTS = "/sys/a1Qx7Lm2Zt9/lamp_01/rrpc/request/+";
    private static final String CUSTOM_REQUESTS = "/ext/rrpc/+" + GET;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final TestServer server = new TestServer();

    @Test
    void aCallOverTheSystemTopicIsAnsweredByItsReply() {
        TestChannel device = callable();
        CompletionStage<CallOutcome> call = call();
        device.publish0(replyTo(device), "pong");
        assertThat(server.get(call).status()).isEqualTo(Status.SUCCESS);
        assertThat(server.get(call).reply()).isEqualTo("pong".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aCallOverACustomTopicIsAnsweredOnTheSameTopic() {
        TestChannel device = callable();
        CompletionStage<CallOutcome> call = callOn(GET);
        device.publish0(requestTopic(device), "pong");
        assertThat(server.get(call).status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void theRequestIsSentAsItIsAtQos0() {
        TestChannel device = callable();
        call();
        assertThat(device.received.get(0).qos()).isEqualTo(QoS.AT_MOST_ONCE);
        assertThat(device.received.get(0).payload()).isEqualTo("ping");
    }

    @Test
    void theOutcomeNamesTheIdInTheTopic() {
        TestChannel device = callable();
        CompletionStage<CallOutcome> call = call();
        device.publish0(replyTo(device), "pong");
        assertThat(requestTopic(device)).endsWith("/" + server.get(call).messageId());
    }

    @Test
    void aReplyMayBeEmpty() {
        TestChannel device = callable();
        CompletionStage<CallOutcome> call = call();
        device.publish0(replyTo(device), "");
        assertThat(server.get(call).reply()).isEmpty();
    }

    @Test
    void aReplyAtQos1IsAcknowledged() {
        TestChannel device = callable();
        CompletionStage<CallOutcome> call = call();
        assertThat(device.publish1(replyTo(device), "pong")).isEqualTo(ReasonCode.SUCCESS);
        assertThat(server.get(call).status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void callsAreToldApartByTheirIds() {
        TestChannel device = callable();
        CompletionStage<CallOutcome> first = call();
        CompletionStage<CallOutcome> second = call();
        device.publish0(replyTo(device, 1), "second");
        device.publish0(replyTo(device, 0), "first");
        assertThat(server.get(first).reply()).isEqualTo("first".getBytes(StandardCharsets.UTF_8));
        assertThat(server.get(second).reply()).isEqualTo("second".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aReplyIsNotSentBackToTheDevice() {
        TestChannel device = callable();
        callOn(GET);
        device.publish0(requestTopic(device), "pong");
        assertThat(device.payloads()).containsExactly("ping");
    }

    @Test
    void aReplyOnTheOtherFormIsStray() {
        TestChannel device = callable();
        CompletionStage<CallOutcome> call = callOn(GET);
        String id = requestTopic(device).split("/")[3];
        device.publish0("/sys/a1Qx7Lm2Zt9/lamp_01/rrpc/response/" + id, "pong");
        assertThat(call.toCompletableFuture()).isNotDone();
        assertThat(strayReplies()).isEqualTo(1);
    }

    @Test
    void theReplyOfAnotherDeviceIsStray() {
        DeviceKey thief = new DeviceKey(TestServer.PRODUCT, "thief");
        server.register(thief);
        TestChannel device = callable();
        TestChannel other = server.connect(thief);
        CompletionStage<CallOutcome> call = call();
        other.publish0(replyTo(device).replace("lamp_01", "thief"), "stolen");
        assertThat(call.toCompletableFuture()).isNotDone();
        assertThat(strayReplies()).isEqualTo(1);
    }

    @Test
    void aRepeatedReplyIsStray() {
        TestChannel device = callable();
        call();
        device.publish0(replyTo(device), "pong");
        device.publish0(replyTo(device), "pong");
        assertThat(strayReplies()).isEqualTo(1);
    }

    @Test
    void withoutAReplyInTimeTheCallTimesOut() {
        callable();
        CompletionStage<CallOutcome> call = call();
        server.pass(TIMEOUT);
        assertThat(server.get(call).status()).isEqualTo(Status.TIMEOUT);
    }

    @Test
    void aReplyAfterTheTimeoutIsStray() {
        TestChannel device = callable();
        CompletionStage<CallOutcome> call = call();
        server.pass(TIMEOUT);
        device.publish0(replyTo(device), "late");
        assertThat(server.get(call).status()).isEqualTo(Status.TIMEOUT);
        assertThat(strayReplies()).isEqualTo(1);
    }

    @Test
    void aReplyInTimeTakesTheTimeoutBack() {
        TestChannel device = callable();
        call();
        device.publish0(replyTo(device), "pong");
        assertThat(server.home(LAMP).timersWaiting()).isZero();
    }

    @Test
    void aDeviceThatIsSilentForOverItsKeepAliveIsHalfConnected() {
        TestChannel device = callable();
        CompletionStage<CallOutcome> call = call();
        device.silence = 61;
        server.pass(TIMEOUT);
        assertThat(server.get(call).status()).isEqualTo(Status.HALF_CONNECTED);
    }

    @Test
    void aDeviceThatIsNotConnectedIsOffline() {
        assertThat(server.get(call()).status()).isEqualTo(Status.OFFLINE);
    }

    @Test
    void aConnectionLostWhileTheCallWaitsIsOffline() {
        TestChannel device = callable();
        CompletionStage<CallOutcome> call = call();
        device.lose();
        assertThat(server.get(call).status()).isEqualTo(Status.OFFLINE);
        assertThat(server.home(LAMP).timersWaiting()).isZero();
    }

    @Test
    void aTakeoverWhileTheCallWaitsIsOffline() {
        callable();
        CompletionStage<CallOutcome> call = call();
        server.connect(LAMP);
        assertThat(server.get(call).status()).isEqualTo(Status.OFFLINE);
    }

    @Test
    void aKickWhileTheCallWaitsIsOffline() {
        callable();
        CompletionStage<CallOutcome> call = call();
        server.get(server.loops.kick(LAMP, "kicked"));
        assertThat(server.get(call).status()).isEqualTo(Status.OFFLINE);
    }

    @Test
    void aDeviceThatDidNotSubscribeIsNotCalled() {
        server.connect(LAMP);
        assertThat(server.get(call()).status()).isEqualTo(Status.NOT_SUBSCRIBED);
    }

    @Test
    void aSubscriptionOfTheTopicItselfIsNoneForCalls() {
        TestChannel device = server.connect(LAMP, MqttVersion.V3_1_1, 1);
        device.subscribe(GET);
        assertThat(server.get(callOn(GET)).status()).isEqualTo(Status.NOT_SUBSCRIBED);
    }

    @Test
    void theCustomFormNeedsBit0OfExt() {
        TestChannel device = server.connect(LAMP, MqttVersion.V3_1_1, 2);
        device.subscribe(CUSTOM_REQUESTS);
        assertThat(server.get(callOn(GET)).status()).isEqualTo(Status.NO_EXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {UPDATE, "/a1Qx7Lm2Zt9/lamp_02/user/get", "/ext/rrpc/1" + GET, "x" + GET,
            "/shadow/get/a1Qx7Lm2Zt9/lamp_01", "/broadcast/a1Qx7Lm2Zt9/x"})
    void aTopicThatTheDeviceMayNotSubscribeIsForbidden(String topic) {
        callable();
        assertThat(server.get(callOn(topic)).status()).isEqualTo(Status.FORBIDDEN_TOPIC);
    }

    @Test
    void aForbiddenTopicIsForbiddenWithoutAConnectionToo() {
        assertThat(server.get(callOn(UPDATE)).status()).isEqualTo(Status.FORBIDDEN_TOPIC);
    }

    @Test
    void aTopicThatLeavesNoRoomForAnIdIsForbidden() {
        TestServer lenient = new TestServer(TestServer.settings(new Settings.Sessions(1, 1, Duration.ofDays(7)),
                new Settings.Topics(65_535, 7)));
        lenient.connect(LAMP);
        lenient.changeClasses(List.of(new TopicClass(1, "user/#", Operation.SUB, Optional.empty())));
        TopicName longest = TopicName.of(GET + "x".repeat(65_535 - GET.length()));
        assertThat(lenient.get(lenient.loops.call(LAMP, Optional.of(longest), new byte[0], TIMEOUT)).status())
                .isEqualTo(Status.FORBIDDEN_TOPIC);
    }

    @Test
    void theCustomFormTakesSystemTopics() {
        TestChannel device = callable();
        device.subscribe("/ext/rrpc/+/sys/a1Qx7Lm2Zt9/lamp_01/thing/service/+");
        CompletionStage<CallOutcome> call = callOn("/sys/a1Qx7Lm2Zt9/lamp_01/thing/service/reboot");
        device.publish0(requestTopic(device), "pong");
        assertThat(server.get(call).status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void aDeviceThatDoesNotExistIsUnknown() {
        assertThat(server.get(server.loops.call(new DeviceKey(TestServer.PRODUCT, "nobody"), Optional.empty(),
                new byte[0], TIMEOUT)).status()).isEqualTo(Status.UNKNOWN_DEVICE);
    }

    @Test
    void withoutTheDatabaseAnAbsentDeviceIsUnavailable() {
        server.databaseAway = true;
        assertThat(server.get(call()).status()).isEqualTo(Status.UNAVAILABLE);
    }

    @Test
    void aFullLoopIsUnavailable() {
        server.home(LAMP).full(true);
        assertThat(server.get(call()).status()).isEqualTo(Status.UNAVAILABLE);
    }

    @Test
    void aDeviceWhoseSocketTakesNoMoreIsUnavailable() {
        callable().socketFull = true;
        assertThat(server.get(call()).status()).isEqualTo(Status.UNAVAILABLE);
    }

    @Test
    void aHundredCallsMayWaitForADevice() {
        callable();
        for (int i = 0; i < WaitingCalls.MAXIMUM; i++) {
            call();
        }
        assertThat(server.get(call()).status()).isEqualTo(Status.UNAVAILABLE);
    }

    @Test
    void aRequestLargerThanTheDeviceTakesIsTooLarge() {
        callable().payloadMaximum = 3;
        assertThat(server.get(call()).status()).isEqualTo(Status.TOO_LARGE);
    }

    @Test
    void aRequestLargerThanAPacketMayBeIsTooLarge() {
        callable();
        assertThat(server.get(server.loops.call(LAMP, Optional.empty(), new byte[256 * 1024], TIMEOUT)).status())
                .isEqualTo(Status.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 999, 8_001})
    void aTimeoutOutsideOneToEightSecondsIsAnError(long millis) {
        assertThatThrownBy(() -> server.loops.call(LAMP, Optional.empty(), new byte[0], Duration.ofMillis(millis)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void callsAreCountedByTheirOutcome() {
        server.get(call());
        assertThat(server.loops.counters().calls()).containsEntry(Status.OFFLINE, 1L).containsEntry(Status.SUCCESS, 0L);
    }

    private TestChannel callable() {
        TestChannel device = server.connect(LAMP, MqttVersion.V3_1_1, 1);
        device.subscribe(SYSTEM_REQUESTS);
        device.subscribe(CUSTOM_REQUESTS);
        return device;
    }

    private CompletionStage<CallOutcome> call() {
        return call(Optional.empty());
    }

    private CompletionStage<CallOutcome> callOn(String topic) {
        return call(Optional.of(TopicName.of(topic)));
    }

    private CompletionStage<CallOutcome> call(Optional<TopicName> topic) {
        CompletionStage<CallOutcome> call = server.loops.call(LAMP, topic, "ping".getBytes(StandardCharsets.UTF_8),
                TIMEOUT);
        server.settle();
        return call;
    }

    private static String requestTopic(TestChannel device) {
        return device.received.get(0).topic();
    }

    private static String replyTo(TestChannel device) {
        return replyTo(device, 0);
    }

    private static String replyTo(TestChannel device, int index) {
        return device.received.get(index).topic().replace("/request/", "/response/");
    }

    private long strayReplies() {
        return server.loops.counters().drops().get(DropReason.STRAY_REPLY);
    }
}
