package io.thingport.platform.session;

import static io.thingport.platform.session.TestServer.CHAT;
import static io.thingport.platform.session.TestServer.GET;
import static io.thingport.platform.session.TestServer.LAMP;
import static io.thingport.platform.session.TestServer.PRODUCT;
import static io.thingport.platform.session.TestServer.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.CallOutcome;
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
import io.thingport.platform.limits.DeviceRates;
import io.thingport.platform.limits.ProductRates;
import io.thingport.platform.limits.ServerRates;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What may pass in a second, up and down, for a device and for the whole server. */
class RateTest {

    private static final DeviceKey OTHER = new DeviceKey(PRODUCT, "lamp_02");

    // ---- up ----

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void publishesAtQos0ThatAreTooManyAreDroppedAndCounted(MqttVersion version) {
        TestServer server = device(new DeviceRates(3, 0, 0, 0));
        TestChannel device = subscribed(server, version);
        for (int i = 0; i < 5; i++) {
            device.publish0(CHAT, "x");
        }
        assertThat(device.received).hasSize(3);
        assertThat(server.loops.counters().drops()).containsEntry(DropReason.THROTTLED, 2L);
    }

    @Test
    void publishesAtQos1ThatAreTooManyAreRefusedTheirQuota() {
        TestChannel device = subscribed(device(new DeviceRates(0, 2, 0, 0)), MqttVersion.V5);
        assertThat(device.publish1(CHAT, "1")).isEqualTo(ReasonCode.SUCCESS);
        assertThat(device.publish1(CHAT, "2")).isEqualTo(ReasonCode.SUCCESS);
        assertThat(device.publish1(CHAT, "3")).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
        assertThat(device.payloads()).containsExactly("1", "2");
    }

    /** A channel of 3.x makes a plain PUBACK of any reason. */
    @Test
    void in3xTheyAreAcknowledgedAllTheSame() {
        TestChannel device = subscribed(device(new DeviceRates(0, 1, 0, 0)), MqttVersion.V3_1_1);
        device.publish1(CHAT, "1");
        device.publish1(CHAT, "2");
        assertThat(device.acks).hasSize(2);
        assertThat(device.dropped).isEmpty();
    }

    @Test
    void eachQosHasItsOwnRate() {
        TestChannel device = subscribed(device(new DeviceRates(1, 1, 0, 0)), MqttVersion.V5);
        device.publish0(CHAT, "0");
        assertThat(device.publish1(CHAT, "1")).isEqualTo(ReasonCode.SUCCESS);
    }

    @Test
    void aSecondLaterTheyPassAgain() {
        TestServer server = device(new DeviceRates(0, 1, 0, 0));
        TestChannel device = subscribed(server, MqttVersion.V5);
        device.publish1(UPDATE, "1");
        server.pass(Duration.ofSeconds(1));
        assertThat(device.publish1(UPDATE, "2")).isEqualTo(ReasonCode.SUCCESS);
    }

    @Test
    void publishesWithoutPermissionCountToo() {
        TestChannel device = subscribed(device(new DeviceRates(0, 1, 0, 0)), MqttVersion.V5);
        assertThat(device.publish1(GET, "1")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        assertThat(device.publish1(UPDATE, "2")).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
    }

    @Test
    void anotherDeviceIsNotConcerned() {
        TestServer server = device(new DeviceRates(0, 1, 0, 0));
        server.register(OTHER);
        subscribed(server, MqttVersion.V5).publish1(UPDATE, "1");
        assertThat(server.connect(OTHER, MqttVersion.V5, 0).publish1("/" + PRODUCT + "/lamp_02/user/update", "1"))
                .isEqualTo(ReasonCode.SUCCESS);
    }

    @Test
    void moreBytesThanTheBandwidthAreTooMany() {
        TestChannel device = subscribed(device(new DeviceRates(0, 0, 0, 10)), MqttVersion.V5);
        assertThat(device.publish1(UPDATE, "12345678")).isEqualTo(ReasonCode.SUCCESS);
        assertThat(device.publish1(UPDATE, "123")).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
        assertThat(device.publish1(UPDATE, "12")).isEqualTo(ReasonCode.SUCCESS);
    }

    @Test
    void whatIsRefusedForOneRateDoesNotCountForAnother() {
        TestChannel device = subscribed(device(new DeviceRates(0, 2, 0, 10)), MqttVersion.V5);
        assertThat(device.publish1(UPDATE, "12345678")).isEqualTo(ReasonCode.SUCCESS);
        assertThat(device.publish1(UPDATE, "123")).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
        assertThat(device.publish1(UPDATE, "12")).isEqualTo(ReasonCode.SUCCESS);
    }

    @Test
    void theServersRateIsThatOfAllDevicesTogether() {
        TestServer server = server(new ServerRates(0, 2, 0, 0));
        server.register(OTHER);
        TestChannel device = subscribed(server, MqttVersion.V5);
        device.publish1(UPDATE, "1");
        device.publish1(UPDATE, "2");
        assertThat(server.connect(OTHER, MqttVersion.V5, 0).publish1("/" + PRODUCT + "/lamp_02/user/update", "1"))
                .isEqualTo(ReasonCode.QUOTA_EXCEEDED);
    }

    @Test
    void whatIsTooMuchForTheDeviceTakesNothingFromTheServersRate() {
        TestServer server = server(new DeviceRates(0, 1, 0, 0), new ServerRates(0, 2, 0, 0));
        server.register(OTHER);
        TestChannel device = subscribed(server, MqttVersion.V5);
        device.publish1(UPDATE, "1");
        device.publish1(UPDATE, "2");
        assertThat(server.connect(OTHER, MqttVersion.V5, 0).publish1("/" + PRODUCT + "/lamp_02/user/update", "1"))
                .isEqualTo(ReasonCode.SUCCESS);
    }

    // ---- down ----

    @ParameterizedTest
    @EnumSource(QoS.class)
    void messagesThatAreTooManyAreThrottledAndCounted(QoS qos) {
        TestServer server = device(new DeviceRates(0, 0, 2, 0));
        TestChannel device = subscribed(server, MqttVersion.V5);
        assertThat(outcomes(server, qos, 3)).containsExactly(SendOutcome.SENT, SendOutcome.SENT, SendOutcome.THROTTLED);
        assertThat(device.payloads()).containsExactly("1", "2");
        assertThat(server.loops.counters().drops()).containsEntry(DropReason.THROTTLED, 1L);
    }

    @Test
    void forAnAbsentDeviceThoseThatAreTooManyAreNotStored() {
        TestServer server = device(new DeviceRates(0, 0, 2, 0));
        server.resume(LAMP).subscribe(GET);
        server.connect(LAMP, false, 0xFFFF_FFFFL).lose();
        server.settle();
        assertThat(outcomes(server, QoS.AT_LEAST_ONCE, 3))
                .containsExactly(SendOutcome.STORED, SendOutcome.STORED, SendOutcome.THROTTLED);
        assertThat(server.store.payloads()).containsExactly("1", "2");
    }

    @Test
    void aMessageThatNobodyWouldGetIsNotCounted() {
        TestServer server = device(new DeviceRates(0, 0, 1, 0));
        TestChannel device = server.connect(LAMP);
        assertThat(outcomes(server, QoS.AT_MOST_ONCE, 2))
                .containsExactly(SendOutcome.NOT_SUBSCRIBED, SendOutcome.NOT_SUBSCRIBED);
        device.subscribe(GET);
        assertThat(outcomes(server, QoS.AT_MOST_ONCE, 1)).containsExactly(SendOutcome.SENT);
    }

    @Test
    void callsCountAmongTheMessages() {
        TestServer server = device(new DeviceRates(0, 0, 1, 0));
        TestChannel device = server.connect(LAMP);
        device.subscribe("/sys/" + PRODUCT + "/lamp_01/rrpc/request/+");
        call(server);
        assertThat(server.get(call(server)).status()).isEqualTo(CallOutcome.Status.THROTTLED);
        assertThat(device.received).hasSize(1);
    }

    @Test
    void aBacklogDrainsAtTheRateInOrder() {
        TestServer server = new TestServer();
        TestChannel first = server.resume(LAMP);
        first.subscribe(GET);
        first.lose();
        server.settle();
        outcomes(server, QoS.AT_LEAST_ONCE, 60);
        server.changeRates(new ProductRates(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(10),
                OptionalInt.empty()));
        TestChannel device = server.resume(LAMP);
        assertThat(device.received).hasSize(10);
        List<Integer> perSecond = new ArrayList<>();
        for (int second = 0; second < 3; second++) {
            int before = device.received.size();
            for (int i = 0; i < 20; i++) {
                device.ackAll();
                server.pass(Duration.ofMillis(50));
            }
            perSecond.add(device.received.size() - before);
        }
        assertThat(device.payloads()).isEqualTo(IntStream.rangeClosed(1, device.received.size())
                .mapToObj(Integer::toString).toList());
        assertThat(perSecond).allSatisfy(count -> assertThat(count).isBetween(9, 10));
    }

    @Test
    void aBacklogOnItsWayDoesNotTurnNewMessagesAway() {
        TestServer server = device(new DeviceRates(0, 0, 5, 0));
        TestChannel first = server.resume(LAMP);
        first.subscribe(GET);
        first.lose();
        server.settle();
        outcomes(server, QoS.AT_LEAST_ONCE, 5);
        server.pass(Duration.ofSeconds(1));
        server.resume(LAMP);
        assertThat(outcomes(server, QoS.AT_MOST_ONCE, 1)).containsExactly(SendOutcome.SENT);
    }

    @Test
    void moreBytesThanTheBandwidthAreThrottled() {
        TestServer server = device(new DeviceRates(0, 0, 0, 3));
        subscribed(server, MqttVersion.V5);
        assertThat(outcomes(server, QoS.AT_MOST_ONCE, 4)).containsExactly(SendOutcome.SENT, SendOutcome.SENT,
                SendOutcome.SENT, SendOutcome.THROTTLED);
    }

    @Test
    void theServersMessagesAreThrottledTogetherAndCounted() {
        TestServer server = server(new ServerRates(0, 0, 2, 0));
        subscribed(server, MqttVersion.V5);
        assertThat(outcomes(server, QoS.AT_MOST_ONCE, 3)).endsWith(SendOutcome.SENT, SendOutcome.THROTTLED);
        assertThat(server.loops.counters().drops()).containsEntry(DropReason.THROTTLED, 1L);
    }

    @Test
    void theServersCallsAreThrottledTogetherAndCounted() {
        TestServer server = server(new ServerRates(0, 0, 0, 1));
        call(server);
        assertThat(server.get(call(server)).status()).isEqualTo(CallOutcome.Status.THROTTLED);
        assertThat(server.loops.counters().calls()).containsEntry(CallOutcome.Status.THROTTLED, 1L);
    }

    @Test
    void theServersConnectsAreRefusedTogether() {
        TestServer server = server(new ServerRates(1, 0, 0, 0));
        server.register(OTHER);
        server.connect(LAMP);
        assertThat(server.connect(OTHER).refused).contains(ReasonCode.CONNECTION_RATE_EXCEEDED);
        server.pass(Duration.ofSeconds(1));
        assertThat(server.connect(OTHER).accepted()).isTrue();
    }

    // ---- a product's own ----

    @Test
    void aProductsRateTakesEffectOnAConnectedDeviceAtOnce() {
        TestServer server = new TestServer();
        TestChannel device = subscribed(server, MqttVersion.V5);
        device.publish1(UPDATE, "before");
        server.changeRates(new ProductRates(OptionalInt.empty(), OptionalInt.of(1), OptionalInt.of(1), OptionalInt.empty()));
        device.publish1(UPDATE, "1");
        assertThat(device.publish1(UPDATE, "2")).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
        assertThat(outcomes(server, QoS.AT_MOST_ONCE, 2)).containsExactly(SendOutcome.SENT, SendOutcome.THROTTLED);
    }

    /** On another thread, just while the device's first publish is being looked at. */
    @Test
    void aChangeOfRatesIsNeverMissed() {
        TestServer server = new TestServer();
        TestChannel device = server.connect(LAMP, MqttVersion.V5, 0);
        server.whenRatesAreCounted(() -> server.changeRates(new ProductRates(OptionalInt.empty(), OptionalInt.of(1),
                OptionalInt.empty(), OptionalInt.empty())));
        device.publish1(UPDATE, "meanwhile");
        device.publish1(UPDATE, "1");
        assertThat(device.publish1(UPDATE, "2")).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
    }

    @Test
    void aProductMayHaveNoBoundWhereTheServerHasOne() {
        TestServer server = device(new DeviceRates(0, 1, 0, 0));
        TestChannel device = subscribed(server, MqttVersion.V5);
        server.changeRates(new ProductRates(OptionalInt.empty(), OptionalInt.of(0), OptionalInt.empty(), OptionalInt.empty()));
        for (int i = 0; i < 10; i++) {
            assertThat(device.publish1(UPDATE, "x")).isEqualTo(ReasonCode.SUCCESS);
        }
    }

    @Test
    void aChangeOfTheTopicClassesGivesNoNewBucket() {
        TestServer server = device(new DeviceRates(0, 1, 1, 0));
        TestChannel device = subscribed(server, MqttVersion.V5);
        device.publish1(UPDATE, "1");
        outcomes(server, QoS.AT_MOST_ONCE, 1);
        server.changeClasses(TestServer.CLASSES);
        assertThat(device.publish1(UPDATE, "2")).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
        assertThat(outcomes(server, QoS.AT_MOST_ONCE, 1)).containsExactly(SendOutcome.THROTTLED);
    }

    private static TestServer device(DeviceRates rates) {
        return server(rates, ServerRates.NONE);
    }

    private static TestServer server(ServerRates rates) {
        return server(DeviceRates.NONE, rates);
    }

    private static TestServer server(DeviceRates device, ServerRates server) {
        return new TestServer(TestServer.settings(new Settings.Rates(Settings.ReceiveMaximum.BOTH, 0, 0, device, server)));
    }

    private static TestChannel subscribed(TestServer server, MqttVersion version) {
        TestChannel device = server.connect(LAMP, version, 0);
        device.subscribe(GET);
        device.subscribe(CHAT);
        return device;
    }

    /** Sends "1", "2" and so on. */
    private static List<SendOutcome> outcomes(TestServer server, QoS qos, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> server.get(server.loops.publish(Message.of(
                TopicName.of(GET), qos, Payload.of(Integer.toString(i).getBytes(StandardCharsets.UTF_8)),
                PublishProperties.NONE))).outcome()).toList();
    }

    private static CompletionStage<CallOutcome> call(TestServer server) {
        CompletionStage<CallOutcome> result = server.loops.call(LAMP, Optional.empty(), new byte[0],
                Duration.ofSeconds(8));
        server.settle();
        return result;
    }
}
