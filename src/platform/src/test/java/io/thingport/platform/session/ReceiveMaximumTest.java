package io.thingport.platform.session;

import static io.thingport.platform.session.TestServer.GET;
import static io.thingport.platform.session.TestServer.LAMP;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.SendOutcome;
import io.thingport.mqtt.TopicName;
import io.thingport.platform.config.Settings;
import io.thingport.platform.limits.DeviceRates;
import io.thingport.platform.limits.ServerRates;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Receive Maximum of an MQTT 5 client: so many QoS 1 messages unacknowledged, and so many in a second. */
class ReceiveMaximumTest {

    private static final Duration TICK = Duration.ofMillis(50);

    private final TestServer server = new TestServer();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDeviceThatAcknowledgesAtOnceGetsNoMoreThanThatInAnySecond(boolean stored) {
        TestChannel device = subscribed(5, stored);
        publish(1, 20);
        List<Long> sentMillis = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            device.ackAll();
            while (sentMillis.size() < device.received.size()) {
                sentMillis.add(server.clock.millis());
            }
            server.pass(TICK);
        }
        assertThat(sentMillis).hasSize(20);
        for (int i = 5; i < 20; i++) {
            assertThat(sentMillis.get(i) - sentMillis.get(i - 5)).isGreaterThanOrEqualTo(1_000).isLessThan(1_300);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsTooFastWaitsAndComesInOrderByItself(boolean stored) {
        TestChannel device = subscribed(5, stored);
        publish(1, 20);
        drain(device);
        assertThat(device.payloads()).isEqualTo(numbers(1, 20));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDeviceThatDoesNotAcknowledgeGetsNoMoreThanThatAtAll(boolean stored) {
        TestChannel device = subscribed(5, stored);
        publish(1, 20);
        server.pass(Duration.ofMinutes(1));
        assertThat(device.payloads()).isEqualTo(numbers(1, 5));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aNewMessageDoesNotOvertakeThoseThatWait(boolean stored) {
        TestChannel device = subscribed(2, stored);
        publish(1, 4);
        device.ackAll();
        server.pass(Duration.ofMillis(1_200));
        publish(5, 6);
        drain(device);
        assertThat(device.payloads()).isEqualTo(numbers(1, 6));
    }

    @Test
    void theSenderIsToldThatAMessageWaits() {
        subscribed(1, false);
        publish(1, 1);
        assertThat(server.get(server.loops.publish(message("2"))).outcome()).isEqualTo(SendOutcome.STORED);
    }

    @Test
    void atQos0NothingWaits() {
        TestChannel device = subscribed(1, false);
        publish(1, 2);
        server.get(server.loops.publish(Message.of(TopicName.of(GET), QoS.AT_MOST_ONCE, Payload.of(new byte[] {'0'}))));
        assertThat(device.payloads()).containsExactly("1", "0");
    }

    @Test
    void oneTimerAtMostRunsForAConnection() {
        subscribed(2, false);
        publish(1, 20);
        assertThat(timers()).isEqualTo(1);
    }

    @Test
    void noTimerRunsWhileNothingWaits() {
        subscribed(2, false);
        publish(1, 2);
        assertThat(timers()).isZero();
    }

    @Test
    void afterAReconnectWhatWaitedGoesOnInItsOrder() {
        TestChannel first = subscribed(5, true);
        publish(1, 20);
        first.ackAll();
        first.lose();
        server.settle();
        TestChannel second = server.connectReceiving(LAMP, 3, true);
        drain(second);
        assertThat(second.payloads()).isEqualTo(numbers(6, 20));
    }

    @Test
    void aTakeoverBringsItsOwnReceiveMaximum() {
        TestChannel first = subscribed(5, true);
        publish(1, 20);
        TestChannel second = server.connectReceiving(LAMP, 3, true);
        assertThat(first.closedWith).contains(ReasonCode.SESSION_TAKEN_OVER);
        assertThat(second.payloads()).isEqualTo(numbers(1, 3));
    }

    @Test
    void whatWaitsInAStoredSessionOutlivesAKill() {
        subscribed(2, true);
        publish(1, 6);
        server.rest();
        TestServer next = server.killed();
        TestChannel device = next.connectReceiving(LAMP, 6, true);
        assertThat(device.payloads()).isEqualTo(numbers(1, 6));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void asAWindowAloneItIsNoRate(boolean stored) {
        TestServer window = new TestServer(TestServer.settings(new Settings.Rates(Settings.ReceiveMaximum.WINDOW, 0, 0,
                DeviceRates.NONE, ServerRates.NONE)));
        TestChannel device = window.connectReceiving(LAMP, 2, stored);
        device.subscribe(GET);
        for (int i = 0; i < 6; i++) {
            window.get(window.loops.publish(message("x")));
            device.ackAll();
        }
        assertThat(device.received).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"V3_1_1", "V5"})
    void withoutItThereIsNoRate(MqttVersion version) {
        TestChannel device = server.connect(LAMP, version, 0);
        device.subscribe(GET);
        publish(1, 100);
        assertThat(device.received).hasSize(100);
    }

    private TestChannel subscribed(int receiveMaximum, boolean stored) {
        TestChannel device = server.connectReceiving(LAMP, receiveMaximum, stored);
        device.subscribe(GET);
        server.rest();
        return device;
    }

    /** Lets time pass for a device that acknowledges at once. */
    private void drain(TestChannel device) {
        for (int i = 0; i < 200; i++) {
            device.ackAll();
            server.pass(TICK);
        }
    }

    private void publish(int from, int to) {
        numbers(from, to).forEach(payload -> server.loops.publish(message(payload)));
        server.settle();
    }


    private static Message message(String payload) {
        return Message.of(TopicName.of(GET), QoS.AT_LEAST_ONCE, Payload.of(payload.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
    }

    private long timers() {
        return server.testLoops.stream().mapToLong(TestLoop::timersWaiting).sum();
    }
}
