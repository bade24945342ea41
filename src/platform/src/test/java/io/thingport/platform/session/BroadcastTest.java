package io.thingport.platform.session;

import static io.thingport.platform.session.TestServer.GET;
import static io.thingport.platform.session.TestServer.LAMP;
import static io.thingport.platform.session.TestServer.PRODUCT;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.MqttLoop;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.TopicName;
import io.thingport.platform.messaging.BroadcastResult;
import io.thingport.platform.messaging.BroadcastResult.Outcome;
import io.thingport.platform.messaging.Broadcaster;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BroadcastTest {

    private static final String NEWS = "/broadcast/a1Qx7Lm2Zt9/news";

    private final TestServer server = new TestServer();

    // ---- to all devices of a product ----

    @ParameterizedTest
    @EnumSource
    void everyConnectedDeviceIsSentItOnATopicOfItsOwnWithoutASubscription(MqttVersion version) {
        TestChannel lamp = server.connect(LAMP, version, 0);
        TestChannel other = server.connect(registered("lamp_02"), version, 0);
        BroadcastResult result = broadcast();
        assertThat(lamp.received.get(0).topic())
                .isEqualTo("/sys/a1Qx7Lm2Zt9/lamp_01/broadcast/request/" + result.messageId());
        assertThat(other.received.get(0).topic())
                .isEqualTo("/sys/a1Qx7Lm2Zt9/lamp_02/broadcast/request/" + result.messageId());
        assertThat(lamp.received.get(0).qos()).isEqualTo(QoS.AT_MOST_ONCE);
        assertThat(lamp.payloads()).containsExactly("news");
        assertThat(result.sent()).isEqualTo(2);
    }

    @Test
    void anAbsentDeviceIsNotSentItLater() {
        server.resume(LAMP).lose();
        server.settle();
        assertThat(broadcast().sent()).isZero();
        assertThat(server.resume(LAMP).received).isEmpty();
    }

    @Test
    void aDeviceThatTakesNothingDoesNotCount() {
        server.connect(LAMP).socketFull = true;
        assertThat(broadcast().sent()).isZero();
    }

    @Test
    void onceAMinuteForAProduct() {
        broadcast();
        server.pass(Duration.ofSeconds(20));
        assertThat(broadcast()).isEqualTo(BroadcastResult.tooOften(Duration.ofSeconds(40)));
        server.pass(Duration.ofSeconds(40));
        assertThat(broadcast().outcome()).isEqualTo(Outcome.SENT);
    }

    // ---- on a topic ----

    @Test
    void onATopicItGoesToItsSubscribers() {
        TestChannel lamp = server.connect(LAMP);
        TestChannel other = server.connect(registered("lamp_02"));
        lamp.subscribe(NEWS);
        other.subscribe(NEWS + "2");
        assertThat(broadcast(NEWS).sent()).isEqualTo(1);
        assertThat(lamp.received.get(0).topic()).isEqualTo(NEWS);
        assertThat(lamp.received.get(0).qos()).isEqualTo(QoS.AT_MOST_ONCE);
        assertThat(other.received).isEmpty();
    }

    @Test
    void onATopicSsIsNoSubscription() {
        server.connectWithSs(LAMP, true);
        assertThat(broadcast(NEWS).sent()).isZero();
    }

    @Test
    void aFilterWithWildcardsMatches() {
        TestChannel lamp = server.connect(LAMP);
        lamp.subscribe("/broadcast/a1Qx7Lm2Zt9/#");
        lamp.subscribe("/broadcast/a1Qx7Lm2Zt9/+");
        lamp.subscribe(NEWS);
        assertThat(broadcast(NEWS).sent()).isEqualTo(1);
        assertThat(lamp.received).hasSize(1);
    }

    @Test
    void whoUnsubscribesIsNotSentIt() {
        TestChannel lamp = server.connect(LAMP);
        lamp.subscribe(NEWS);
        assertThat(lamp.unsubscribe(NEWS)).isEqualTo(ReasonCode.SUCCESS);
        assertThat(broadcast(NEWS).sent()).isZero();
    }

    @Test
    void whoUnsubscribesSomethingElseIsSentItAllTheSame() {
        TestChannel lamp = server.connect(LAMP);
        lamp.subscribe(NEWS + "/1");
        for (String other : List.of("/broadcast/a1Other0000/news/1", NEWS, NEWS + "/1/2", NEWS + "/+", "/broadcast/", "/broadcast")) {
            assertThat(lamp.unsubscribe(other)).isEqualTo(ReasonCode.NO_SUBSCRIPTION_EXISTED);
        }
        assertThat(broadcast(NEWS + "/1").sent()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+/1", "news/+", "+/+", "news/1/#", "news/#", "#", "+/1/#"})
    void aFilterWithWildcardsMatchesWhatMqttSays(String filter) {
        server.connect(LAMP).subscribe("/broadcast/a1Qx7Lm2Zt9/" + filter);
        assertThat(broadcast(NEWS + "/1").sent()).isEqualTo(1);
        assertThat(broadcast("/broadcast/a1Qx7Lm2Zt9/other/2").sent()).isEqualTo(filter.equals("+/+") || filter.equals("#") ? 1 : 0);
    }

    @Test
    void aKeptSubscriptionCountsWhenItsDeviceIsBack() {
        TestChannel lamp = server.resume(LAMP);
        lamp.subscribe(NEWS);
        lamp.lose();
        server.settle();
        server.resume(LAMP);
        assertThat(broadcast(NEWS).sent()).isEqualTo(1);
    }

    @Test
    void aTakeoverLeavesOneSubscriber() {
        server.resume(LAMP).subscribe(NEWS);
        TestChannel newer = server.resume(LAMP);
        assertThat(broadcast(NEWS).sent()).isEqualTo(1);
        assertThat(newer.received).hasSize(1);
    }

    @Test
    void onceASecondForATopic() {
        broadcast(NEWS);
        assertThat(broadcast(NEWS).outcome()).isEqualTo(Outcome.TOO_OFTEN);
        assertThat(broadcast(NEWS + "2").outcome()).isEqualTo(Outcome.SENT);
        server.pass(Duration.ofSeconds(1));
        assertThat(broadcast(NEWS).outcome()).isEqualTo(Outcome.SENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/broadcast/a1Other0000/news", "/broadcast/a1Qx7Lm2Zt9/", "/broadcast/a1Qx7Lm2Zt9", GET,
        "/ext/rrpc/1/broadcast/a1Qx7Lm2Zt9/news", "/broadcast/a1Qx7Lm2Zt9/1/2/3/4/5/6"})
    void onlyOnATopicForBroadcastsToTheProduct(String topic) {
        assertThat(broadcast(topic)).isEqualTo(BroadcastResult.refused(Outcome.FORBIDDEN_TOPIC));
    }

    @Test
    void aThousandSubscribersOfATopicAreTheMost() {
        for (int i = 0; i < BroadcastSubscribers.MAXIMUM; i++) {
            assertThat(server.connect(registered("many_" + i)).subscribe(NEWS)).isEqualTo(ReasonCode.GRANTED_QOS_1);
        }
        TestChannel lamp = server.connect(LAMP);
        assertThat(lamp.subscribe(NEWS)).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
        server.connect(new DeviceKey(PRODUCT, "many_0"));
        assertThat(lamp.subscribe(NEWS)).isEqualTo(ReasonCode.GRANTED_QOS_1);
    }

    @Test
    void filtersThatADeviceInventsTakeNoPlaceOfAnothers() {
        TestChannel lamp = server.connect(LAMP);
        TestChannel neighbour = server.connect(neighbour());
        for (int i = 0; i < 100; i++) {
            assertThat(lamp.subscribe("/broadcast/a1Qx7Lm2Zt9/" + i + "/+")).isEqualTo(ReasonCode.GRANTED_QOS_1);
        }
        assertThat(neighbour.subscribe("/broadcast/a1Qx7Lm2Zt9/+")).isEqualTo(ReasonCode.GRANTED_QOS_1);
        assertThat(broadcast(NEWS).sent()).isEqualTo(1);
    }

    private DeviceKey neighbour() { // on the same loop
        for (int i = 2;; i++) {
            DeviceKey next = registered("lamp_0" + i);
            if (server.home(next) == server.home(LAMP)) {
                return next;
            }
        }
    }

    @Test
    void aRefusedSubscriptionTakesNoPlace() {
        TestChannel lamp = server.connect(LAMP);
        IntStream.range(0, 100).forEach(i -> lamp.subscribe("/sys/a1Qx7Lm2Zt9/lamp_01/x/" + i));
        assertThat(lamp.subscribe(NEWS)).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
        assertThat(broadcast(NEWS).sent()).isZero();
    }

    // ---- both ----

    @Test
    void aPayloadHas64KilobytesAtMost() {
        byte[] most = new byte[Broadcaster.PAYLOAD_MAXIMUM];
        assertThat(result(Optional.of(NEWS), most).outcome()).isEqualTo(Outcome.SENT);
        assertThat(result(Optional.empty(), new byte[most.length + 1]).outcome()).isEqualTo(Outcome.TOO_LARGE);
    }

    @Test
    void manyDevicesAreSentItInSlices() {
        int devices = 3 * Broadcasts.SLICE;
        List<TestChannel> channels = IntStream.range(0, devices)
                .mapToObj(i -> server.connect(registered("many_" + i))).toList();
        var stage = server.loops.broadcast(PRODUCT, Optional.empty(), "news".getBytes());
        server.settle();
        assertThat(channels.stream().filter(c -> c.received.size() == 1).count()).isEqualTo(2 * Broadcasts.SLICE);
        assertThat(stage.toCompletableFuture()).isNotDone();
        server.pass(Duration.ofMillis(MqttLoop.SOON_MILLIS));
        assertThat(server.get(stage).sent()).isEqualTo(devices);
        assertThat(channels).allMatch(c -> c.received.size() == 1);
    }

    @Test
    void aDeviceThatLeavesMeanwhileIsLeftOut() {
        List<TestChannel> channels = IntStream.range(0, 4 * Broadcasts.SLICE)
                .mapToObj(i -> server.connect(registered("many_" + i))).toList();
        var stage = server.loops.broadcast(PRODUCT, Optional.empty(), "news".getBytes());
        server.settle();
        channels.forEach(TestChannel::lose);
        server.settle();
        server.pass(Duration.ofMillis(MqttLoop.SOON_MILLIS));
        assertThat(server.get(stage).sent()).isEqualTo(2 * Broadcasts.SLICE);
    }

    @Test
    void broadcastsUnderWayAreBounded() {
        for (int i = 0; i < 4 * Broadcasts.SLICE; i++) {
            server.connect(registered("many_" + i)).subscribe("/broadcast/a1Qx7Lm2Zt9/#");
        }
        broadcast(); // has more than a slice to send on each loop
        for (int i = 1; i <= Broadcasts.UNDER_WAY_MAXIMUM; i++) {
            broadcast(NEWS + i);
        }
        assertThat(server.loops.counters().drops().get(DropReason.SERVER_BUSY)).isEqualTo(2); // one on each loop
    }

    /** No more of it after UNSUBACK [MQTT-3.10.4-2]. */
    @Test
    void whoUnsubscribesMeanwhileIsLeftOut() {
        List<TestChannel> channels = IntStream.range(0, 3 * Broadcasts.SLICE)
                .mapToObj(i -> server.connect(registered("many_" + i))).toList();
        channels.forEach(c -> c.subscribe(NEWS));
        var stage = server.loops.broadcast(PRODUCT, Optional.of(TopicName.of(NEWS)), "news".getBytes());
        server.settle();
        channels.forEach(c -> c.unsubscribe(NEWS));
        server.pass(Duration.ofMillis(MqttLoop.SOON_MILLIS));
        assertThat(server.get(stage).sent()).isEqualTo(2 * Broadcasts.SLICE);
    }

    @Test
    void beforeTheServerIsReadyItIsUnavailable() {
        server.ready = false;
        assertThat(broadcast().outcome()).isEqualTo(Outcome.UNAVAILABLE);
        server.ready = true;
        assertThat(broadcast().outcome()).isEqualTo(Outcome.SENT);
    }

    @Test
    void aLoopWhoseQueueIsFullIsLeftOutAndCounted() {
        server.connect(LAMP);
        server.home(LAMP).full(true);
        assertThat(broadcast().sent()).isZero();
        assertThat(server.loops.counters().drops().get(DropReason.SERVER_BUSY)).isEqualTo(1);
    }

    private DeviceKey registered(String name) {
        DeviceKey device = new DeviceKey(PRODUCT, name);
        server.register(device);
        return device;
    }

    private BroadcastResult broadcast() {
        return result(Optional.empty(), "news".getBytes());
    }

    private BroadcastResult broadcast(String topic) {
        return result(Optional.of(topic), "news".getBytes());
    }

    private BroadcastResult result(Optional<String> topic, byte[] payload) {
        return server.get(server.loops.broadcast(PRODUCT, topic.map(TopicName::of), payload));
    }
}
