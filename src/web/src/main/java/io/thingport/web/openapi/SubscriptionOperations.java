package io.thingport.web.openapi;

import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.TopicFilter;
import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.messaging.DeviceSubscriptions;
import io.thingport.platform.messaging.SubscriptionResult;
import io.thingport.platform.messaging.SubscriptionResult.Entry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Subscribing for devices, and what they have subscribed to. */
@ApplicationScoped
public class SubscriptionOperations implements OperationGroup {

    private static final int TOPICS_MAXIMUM = 10;

    @Inject
    private DeviceSubscriptions subscriptions;

    /** For the container. */
    public SubscriptionOperations() {
    }

    SubscriptionOperations(DeviceSubscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                Operation.later("SubscribeTopic", Scope.MANAGE, this::subscribe, SubscriptionOperations::subscribed),
                Operation.later("UnsubscribeTopic", Scope.MANAGE, this::unsubscribe, SubscriptionOperations::unsubscribed),
                Operation.later("QueryDeviceSubTopic", Scope.READ, this::query, SubscriptionOperations::list));
    }

    private CompletionStage<SubscriptionResult> subscribe(Invocation in) {
        return subscriptions.subscribe(in.deviceKey(), topics(in));
    }

    /** Topics that are granted stay subscribed, whatever becomes of the others. */
    private static JsonObjectBuilder subscribed(SubscriptionResult result) {
        done(result).stream().filter(entry -> entry.reason().isError()).findFirst().ifPresent(entry -> {
            throw refused(entry);
        });
        return Answer.fields();
    }

    private static IotException refused(Entry entry) {
        return switch (entry.reason()) {
            case NOT_AUTHORIZED -> new IotException(IotError.INVALID_FORMATTED_TOPIC_NAME,
                    "the device may not subscribe to " + entry.filter());
            case QUOTA_EXCEEDED -> new IotException(IotError.ILLEGAL_REQUEST,
                    "the device, or the broadcast, has as many subscriptions as it may have: " + entry.filter());
            default -> new IotException(IotError.INVALID_FORMATTED_TOPIC_NAME, "this is no topic to subscribe: " + entry.filter());
        };
    }

    private CompletionStage<SubscriptionResult> unsubscribe(Invocation in) {
        return subscriptions.unsubscribe(in.deviceKey(), topics(in));
    }

    /** Tells which topics the device was not subscribed to. */
    private static JsonObjectBuilder unsubscribed(SubscriptionResult result) {
        JsonArrayBuilder failures = Answer.list();
        done(result).stream().filter(entry -> entry.reason() != ReasonCode.SUCCESS)
                .forEach(entry -> failures.add(entry.filter().text()));
        return Answer.fields().add("FailureTopics", Answer.fields().add("topic", failures));
    }

    private CompletionStage<SubscriptionResult> query(Invocation in) {
        return subscriptions.list(in.deviceKey());
    }

    private static JsonObjectBuilder list(SubscriptionResult result) {
        JsonArrayBuilder topics = Answer.list();
        done(result).forEach(entry -> topics.add(Answer.fields().add("TopicName", entry.filter().text())));
        return Answer.fields().add("TopicList", topics);
    }

    private static List<TopicFilter> topics(Invocation in) {
        List<String> topics = in.list("Topic");
        if (topics.isEmpty()) {
            throw new IotException(IotError.NULL_TOPIC_NAME, "Topic.1 is missing");
        }
        if (topics.size() > TOPICS_MAXIMUM) {
            throw new IotException(IotError.INVALID_FORMATTED_PARAMETER, "more than " + TOPICS_MAXIMUM + " topics");
        }
        topics.stream().filter(topic -> topic.indexOf(0) >= 0).findAny().ifPresent(topic -> {
            throw new IotException(IotError.INVALID_FORMATTED_TOPIC_NAME, "a topic has a null character");
        });
        return topics.stream().map(TopicFilter::new).toList();
    }

    private static List<Entry> done(SubscriptionResult result) {
        return switch (result.outcome()) {
            case DONE -> result.entries();
            case OFFLINE -> throw new IotException(IotError.OFFLINE, "the device is not connected");
            case UNKNOWN_DEVICE -> throw new IotException(IotError.NOT_EXISTED_DEVICE, "there is no such device");
            case UNAVAILABLE -> throw new GatewayException(GatewayError.SERVICE_UNAVAILABLE, "the server is too busy or not ready");
        };
    }
}
