package io.thingport.platform.session;

import static io.thingport.platform.session.TestServer.CHAT;
import static io.thingport.platform.session.TestServer.GET;
import static io.thingport.platform.session.TestServer.LAMP;
import static io.thingport.platform.session.TestServer.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.Subscription;
import io.thingport.mqtt.TopicFilter;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubscribeTest {

    private static final String SYSTEM = "/sys/a1Qx7Lm2Zt9/lamp_01/thing/service/";

    private final TestServer server = new TestServer();
    private final TestChannel device = server.connect(LAMP);

    @Test
    void whatIsPermittedIsGrantedAtQos1() {
        assertThat(device.subscribe(GET)).isEqualTo(ReasonCode.GRANTED_QOS_1);
    }

    @Test
    void everyFilterHasAnAnswerOfItsOwn() {
        assertThat(device.subscribe(subscription(GET), subscription(UPDATE), subscription("a#"), subscription(CHAT),
                subscription("$share/g/x"))).containsExactly(ReasonCode.GRANTED_QOS_1, ReasonCode.NOT_AUTHORIZED,
                        ReasonCode.TOPIC_FILTER_INVALID, ReasonCode.GRANTED_QOS_1,
                        ReasonCode.SHARED_SUBSCRIPTIONS_NOT_SUPPORTED);
    }

    @Test
    void eightFiltersAtOnceAreTheMost() {
        assertThat(device.subscribe(subscriptions(8))).containsOnly(ReasonCode.GRANTED_QOS_1);
        assertThat(device.subscribe(subscriptions(9))).hasSize(9).containsOnly(ReasonCode.QUOTA_EXCEEDED);
    }

    @Test
    void aHundredSubscriptionsAreTheMost() {
        IntStream.range(0, 100).forEach(i -> device.subscribe(SYSTEM + i));
        assertThat(device.subscribe(GET)).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
    }

    @Test
    void aFilterThatIsSubscribedAlreadyCountsOnce() {
        IntStream.range(0, 100).forEach(i -> device.subscribe(SYSTEM + i));
        assertThat(device.subscribe(SYSTEM + 7)).isEqualTo(ReasonCode.GRANTED_QOS_1);
    }

    @Test
    void anUnsubscribedFilterMakesRoom() {
        IntStream.range(0, 100).forEach(i -> device.subscribe(SYSTEM + i));
        device.unsubscribe(SYSTEM + 7);
        assertThat(device.subscribe(GET)).isEqualTo(ReasonCode.GRANTED_QOS_1);
    }

    @Test
    void aSubscriptionCanBeTakenBackOnce() {
        device.subscribe(GET);
        assertThat(device.unsubscribe(GET)).isEqualTo(ReasonCode.SUCCESS);
        assertThat(device.unsubscribe(GET)).isEqualTo(ReasonCode.NO_SUBSCRIPTION_EXISTED);
    }

    @Test
    void anUnsubscribeOfMoreFiltersThanADeviceMayHaveEndsTheConnection() {
        List<String> filters = IntStream.rangeClosed(0, 100).mapToObj(i -> SYSTEM + i).toList();
        assertThat(device.unsubscribe(filters.subList(0, 100))).containsOnly(ReasonCode.NO_SUBSCRIPTION_EXISTED).hasSize(100);
        assertThat(device.unsubscribe(filters)).isEmpty();
        assertThat(device.closedWith).contains(ReasonCode.QUOTA_EXCEEDED);
    }

    private static Subscription[] subscriptions(int count) {
        return IntStream.range(0, count).mapToObj(i -> subscription(SYSTEM + i)).toArray(Subscription[]::new);
    }

    private static Subscription subscription(String filter) {
        return new Subscription(new TopicFilter(filter), false);
    }
}
