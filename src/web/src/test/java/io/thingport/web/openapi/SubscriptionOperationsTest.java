package io.thingport.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.TopicFilter;
import io.thingport.platform.messaging.DeviceSubscriptions;
import io.thingport.platform.messaging.SubscriptionResult;
import io.thingport.platform.messaging.SubscriptionResult.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class SubscriptionOperationsTest {

    private static final String[] DEVICE = {"ProductKey", "a1Qx7Lm2Zt9", "DeviceName", "lamp_01"};

    private final Devices devices = new Devices();
    private final Calling calling = new Calling(new SubscriptionOperations(devices));

    @Test
    void topicsAreSubscribedInTheirOrder() {
        devices.answers(ReasonCode.GRANTED_QOS_1, ReasonCode.GRANTED_QOS_1);

        assertThat(calling.call("SubscribeTopic", device("Topic.2", "/b", "Topic.1", "/a"))).isEmpty();
        assertThat(devices.asked).containsExactly(new TopicFilter("/a"), new TopicFilter("/b"));
    }

    @Test
    void oneTopicThatIsDeniedRefusesTheCall() {
        devices.answers(ReasonCode.GRANTED_QOS_1, ReasonCode.NOT_AUTHORIZED);
        calling.refused(IotError.INVALID_FORMATTED_TOPIC_NAME, "SubscribeTopic", device("Topic.1", "/a", "Topic.2", "/b"));
    }

    @Test
    void deviceWithAsManySubscriptionsAsItMayHaveRefusesTheCall() {
        devices.answers(ReasonCode.QUOTA_EXCEEDED);
        calling.refused(IotError.ILLEGAL_REQUEST, "SubscribeTopic", device("Topic.1", "/a"));
    }

    @Test
    void oneToTenTopicsAreTaken() {
        calling.refused(IotError.NULL_TOPIC_NAME, "SubscribeTopic", device());
        List<String> eleven = new ArrayList<>();
        for (int i = 1; i <= 11; i++) {
            eleven.addAll(List.of("Topic." + i, "/t" + i));
        }
        calling.refused(IotError.INVALID_FORMATTED_PARAMETER, "SubscribeTopic", device(eleven.toArray(String[]::new)));
    }

    @Test
    void nullCharactersAreInNoTopic() {
        calling.refused(IotError.INVALID_FORMATTED_TOPIC_NAME, "SubscribeTopic", device("Topic.1", "/a\0"));
    }

    @Test
    void deviceHasToBeThereAndConnected() {
        devices.fails(Outcome.OFFLINE);
        calling.refused(IotError.OFFLINE, "SubscribeTopic", device("Topic.1", "/a"));
        devices.fails(Outcome.UNKNOWN_DEVICE);
        calling.refused(IotError.NOT_EXISTED_DEVICE, "UnsubscribeTopic", device("Topic.1", "/a"));
    }

    @Test
    void busyServerIsTheGatewaysError() {
        devices.fails(Outcome.UNAVAILABLE);
        assertThatThrownBy(() -> calling.call("QueryDeviceSubTopic", device())).isInstanceOf(GatewayException.class);
    }

    @Test
    void whatWasNotSubscribedIsAmongTheFailures() {
        devices.answers(ReasonCode.SUCCESS, ReasonCode.NO_SUBSCRIPTION_EXISTED);

        assertThat(calling.call("UnsubscribeTopic", device("Topic.1", "/a", "Topic.2", "/b")).toString())
                .isEqualTo("{\"FailureTopics\":{\"topic\":[\"/b\"]}}");
    }

    @Test
    void listIsABareOne() {
        devices.result = SubscriptionResult.done(List.of(new TopicFilter("/a")), List.of(ReasonCode.GRANTED_QOS_1));
        assertThat(calling.call("QueryDeviceSubTopic", device()).toString())
                .isEqualTo("{\"TopicList\":[{\"TopicName\":\"/a\"}]}");
    }

    private static String[] device(String... more) {
        List<String> all = new ArrayList<>(List.of(DEVICE));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    /** Answers what it is told to. */
    private static final class Devices extends DeviceSubscriptions {

        private List<ReasonCode> reasons = List.of();
        private List<TopicFilter> asked = List.of();
        private SubscriptionResult result = SubscriptionResult.failed(Outcome.DONE);

        void answers(ReasonCode... each) {
            reasons = List.of(each);
        }

        void fails(Outcome outcome) {
            result = SubscriptionResult.failed(outcome);
        }

        private CompletionStage<SubscriptionResult> answer(List<TopicFilter> filters) {
            asked = filters;
            return CompletableFuture.completedStage(
                    result.outcome() == Outcome.DONE ? SubscriptionResult.done(filters, reasons) : result);
        }

        @Override
        public CompletionStage<SubscriptionResult> subscribe(DeviceKey device, List<TopicFilter> filters) {
            return answer(filters);
        }

        @Override
        public CompletionStage<SubscriptionResult> unsubscribe(DeviceKey device, List<TopicFilter> filters) {
            return answer(filters);
        }

        @Override
        public CompletionStage<SubscriptionResult> list(DeviceKey device) {
            return CompletableFuture.completedStage(result);
        }
    }
}
