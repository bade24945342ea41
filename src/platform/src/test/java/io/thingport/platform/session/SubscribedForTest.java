package io.thingport.platform.session;

import static io.thingport.platform.session.TestServer.CHAT;
import static io.thingport.platform.session.TestServer.GET;
import static io.thingport.platform.session.TestServer.LAMP;
import static io.thingport.platform.session.TestServer.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.SendOutcome;
import io.thingport.mqtt.TopicFilter;
import io.thingport.mqtt.TopicName;
import io.thingport.platform.messaging.SubscriptionResult;
import io.thingport.platform.messaging.SubscriptionResult.Entry;
import io.thingport.platform.messaging.SubscriptionResult.Outcome;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Applications subscribe for devices. */
class SubscribedForTest {

    private static final DeviceKey STRANGER = new DeviceKey(TestServer.PRODUCT, "stranger");
    private static final String SYSTEM = "/sys/a1Qx7Lm2Zt9/lamp_01/thing/service/";

    private final TestServer server = new TestServer();

    @Test
    void deviceReceivesWhatItWasSubscribedTo() {
        server.connect(LAMP);
        assertThat(reasons(subscribe(GET))).containsExactly(ReasonCode.GRANTED_QOS_1);
        assertThat(server.get(server.loops.publish(
                Message.of(TopicName.of(GET), QoS.AT_MOST_ONCE, Payload.of(new byte[1])))).outcome())
                .isEqualTo(SendOutcome.SENT);
    }

    @Test
    void eachFilterIsAnsweredAsTheDeviceWouldBe() {
        server.connect(LAMP);
        assertThat(reasons(subscribe(GET, UPDATE, "a#"))).containsExactly(ReasonCode.GRANTED_QOS_1,
                ReasonCode.NOT_AUTHORIZED, ReasonCode.TOPIC_FILTER_INVALID);
    }

    @Test
    void boundOfTheDeviceHolds() {
        TestChannel device = server.connect(LAMP);
        IntStream.range(0, 100).forEach(i -> device.subscribe(SYSTEM + i));
        assertThat(reasons(subscribe(GET))).containsExactly(ReasonCode.QUOTA_EXCEEDED);
    }

    @Test
    void boundOfOnePacketDoesNot() {
        server.connect(LAMP);
        String[] ten = IntStream.range(0, 10).mapToObj(i -> SYSTEM + i).toArray(String[]::new);
        assertThat(reasons(subscribe(ten))).hasSize(10).containsOnly(ReasonCode.GRANTED_QOS_1);
    }

    @Test
    void onlyConnectedDevicesAreSubscribed() {
        assertThat(subscribe(GET).outcome()).isEqualTo(Outcome.OFFLINE);
        assertThat(unsubscribe(GET).outcome()).isEqualTo(Outcome.OFFLINE);
    }

    @Test
    void unknownDevicesAreTold() {
        assertThat(server.get(server.loops.subscribe(STRANGER, filters(GET))).outcome()).isEqualTo(Outcome.UNKNOWN_DEVICE);
        assertThat(server.get(server.loops.subscriptions(STRANGER)).outcome()).isEqualTo(Outcome.UNKNOWN_DEVICE);
    }

    @Test
    void nothingIsDoneBeforeTheServerIsReady() {
        server.ready = false;
        assertThat(subscribe(GET).outcome()).isEqualTo(Outcome.UNAVAILABLE);
    }

    @Test
    void whatTheDeviceSubscribedIsUnsubscribedOnce() {
        server.connect(LAMP).subscribe(GET);
        assertThat(reasons(unsubscribe(GET))).containsExactly(ReasonCode.SUCCESS);
        assertThat(reasons(unsubscribe(GET))).containsExactly(ReasonCode.NO_SUBSCRIPTION_EXISTED);
    }

    @Test
    void listHoldsBothInTheirOrder() {
        server.connect(LAMP).subscribe(CHAT);
        subscribe(GET);
        assertThat(list()).containsExactly(CHAT, GET);
    }

    @Test
    void whatWasSubscribedForADeviceOutlivesTheServer() {
        server.resume(LAMP);
        subscribe(GET);
        TestServer next = server.killed();
        assertThat(next.get(next.loops.subscriptions(LAMP)).entries()).extracting(Entry::filter)
                .containsExactly(new TopicFilter(GET));
    }

    @Test
    void deviceWithoutSessionHasNoSubscriptions() {
        assertThat(list()).isEmpty();
    }

    @Test
    void listIsNotMadeUpWhileTheDatabaseIsAway() {
        server.databaseAway = true;
        assertThat(server.get(server.loops.subscriptions(LAMP)).outcome()).isEqualTo(Outcome.UNAVAILABLE);
    }

    private SubscriptionResult subscribe(String... filters) {
        return server.get(server.loops.subscribe(LAMP, filters(filters)));
    }

    private SubscriptionResult unsubscribe(String... filters) {
        return server.get(server.loops.unsubscribe(LAMP, filters(filters)));
    }

    private List<String> list() {
        SubscriptionResult result = server.get(server.loops.subscriptions(LAMP));
        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        return result.entries().stream().map(entry -> entry.filter().text()).toList();
    }

    private static List<ReasonCode> reasons(SubscriptionResult result) {
        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        return result.entries().stream().map(Entry::reason).toList();
    }

    private static List<TopicFilter> filters(String... filters) {
        return Stream.of(filters).map(TopicFilter::new).toList();
    }
}
