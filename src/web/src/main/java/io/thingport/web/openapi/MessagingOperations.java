package io.thingport.web.openapi;

import io.thingport.mqtt.CallOutcome;
import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.SendOutcome;
import io.thingport.mqtt.TopicName;
import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.config.Settings;
import io.thingport.platform.messaging.BroadcastResult;
import io.thingport.platform.messaging.Broadcaster;
import io.thingport.platform.messaging.PubResult;
import io.thingport.platform.messaging.Publisher;
import io.thingport.platform.registry.Devices;
import io.thingport.platform.registry.Products;
import io.thingport.platform.rrpc.RrpcCaller;
import io.thingport.platform.session.Loops;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Messages to devices and calls of them. That a device is away or has not subscribed is success, as it is with the vendor:
 * the platform has taken the message.
 */
@ApplicationScoped
public class MessagingOperations implements OperationGroup {

    private static final int DEVICES_MAXIMUM = 100;

    private Publisher publisher;
    private Broadcaster broadcaster;
    private RrpcCaller caller;
    private Products products;
    private Devices devices;
    private MessageTopics topics;

    /** For the container. */
    protected MessagingOperations() {
    }

    @Inject
    MessagingOperations(Publisher publisher, Broadcaster broadcaster, RrpcCaller caller, Products products, Devices devices,
            Settings settings) {
        this(publisher, broadcaster, caller, products, devices, settings.topics());
    }

    MessagingOperations(Publisher publisher, Broadcaster broadcaster, RrpcCaller caller, Products products, Devices devices,
            Settings.Topics limits) {
        this.publisher = publisher;
        this.broadcaster = broadcaster;
        this.caller = caller;
        this.products = products;
        this.devices = devices;
        this.topics = new MessageTopics(limits);
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                new Operation("Pub", Scope.MESSAGE, this::pub),
                new Operation("BatchPub", Scope.MESSAGE, this::batchPub),
                Operation.later("PubBroadcast", Scope.MESSAGE, this::pubBroadcast, MessagingOperations::broadcast),
                new Operation("RRpc", Scope.MESSAGE, this::rrpc));
    }

    /** To one device. A topic for broadcasts takes it to those who have subscribed to that. */
    private CompletionStage<Supplier<JsonObjectBuilder>> pub(Invocation in) {
        String productKey = in.productKey();
        String topic = in.required("TopicFullName", IotError.NULL_TOPIC_NAME);
        byte[] payload = MessageParameters.payload(in, "MessageContent");
        QoS qos = MessageParameters.qos(in);
        PublishProperties properties = MessageParameters.properties(in, payload);
        if (MessageTopics.isBroadcast(topic)) {
            checkBroadcast(properties);
            products.get(productKey);
            return broadcaster.broadcast(productKey, Optional.of(topics.any(topic)), payload)
                    .thenApply(result -> () -> Answer.fields().add("MessageId", Long.toString(sent(result))));
        }
        Message message = Message.of(topics.custom(productKey, topic), qos, Payload.of(payload), properties);
        return publisher.publish(message).thenApply(result -> () -> published(productKey, result));
    }

    /** A broadcast carries no properties; what would be lost is refused. */
    private static void checkBroadcast(PublishProperties properties) {
        if (!properties.equals(PublishProperties.NONE)) {
            throw new IotException(IotError.INVALID_FORMATTED_PARAMETER, "a broadcast carries no properties of MQTT 5");
        }
    }

    private JsonObjectBuilder published(String productKey, PubResult result) {
        checkSent(productKey, result.outcome());
        return Answer.fields().add("MessageId", Long.toString(result.messageId()));
    }

    private void checkSent(String productKey, SendOutcome outcome) {
        switch (outcome) {
            case SENT, STORED, NO_SESSION, NOT_SUBSCRIBED -> { }
            case DROPPED -> throw new IotException(IotError.PUBLISH_MESSAGE_FAILED,
                    "the device's connection or session takes no more; the message was dropped");
            case TOO_LARGE -> throw new IotException(IotError.PUBLISH_MESSAGE_FAILED,
                    "the server or the device takes no packet of this size; the message was dropped");
            case THROTTLED -> throw new IotException(IotError.RATE_LIMIT,
                    "more than may be sent to the device, or by the server, in a second; nothing was sent");
            case FORBIDDEN_TOPIC -> throw new IotException(IotError.TOPIC_TEMPLATE_IS_NOT_FOUND,
                    "no topic class lets the device subscribe to this topic");
            case UNKNOWN_DEVICE -> throw unknownDevice(productKey);
            case UNAVAILABLE -> throw unavailable();
        }
    }

    /** The same to several devices of a product, if all of them exist. */
    private CompletionStage<Supplier<JsonObjectBuilder>> batchPub(Invocation in) {
        String productKey = in.productKey();
        Set<String> names = new LinkedHashSet<>(in.list("DeviceName"));
        if (names.isEmpty()) {
            throw new IotException(IotError.NONE_DEVICE_NAME_ELEMENT, "DeviceName.1 is missing");
        }
        if (names.size() > DEVICES_MAXIMUM) {
            throw new IotException(IotError.INVALID_FORMATTED_PARAMETER, "more than " + DEVICES_MAXIMUM + " devices are named");
        }
        for (String unserved : List.of("TopicTemplateName", "ResponseTopicTemplateName")) {
            if (in.text(unserved).isPresent()) {
                throw new IotException(IotError.INVALID_FORMATTED_PARAMETER, unserved + " is not served");
            }
        }
        String topic = in.required("TopicShortName", IotError.NULL_TOPIC_NAME);
        byte[] payload = MessageParameters.payload(in, "MessageContent");
        QoS qos = MessageParameters.qos(in);
        PublishProperties properties = MessageParameters.properties(in, payload);
        List<TopicName> each = names.stream().map(name -> topics.custom(in.deviceKey(productKey, name), topic)).toList();
        Set<String> unknown = devices.unknown(productKey, names);
        if (!unknown.isEmpty()) {
            throw new IotException(IotError.NOT_EXISTED_DEVICE, "there is no device " + unknown.iterator().next());
        }
        List<CompletableFuture<PubResult>> results = each.stream()
                .map(name -> publisher.publish(Message.of(name, qos, Payload.of(payload), properties)).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
                .thenApply(done -> () -> {
                    results.forEach(result -> checkSent(productKey, result.join().outcome()));
                    return Answer.fields();
                });
    }

    private CompletionStage<BroadcastResult> pubBroadcast(Invocation in) {
        String productKey = in.productKey();
        byte[] payload = MessageParameters.payload(in, "MessageContent");
        Optional<TopicName> topic = in.text("TopicFullName").map(text -> topics.any(text));
        products.get(productKey);
        return broadcaster.broadcast(productKey, topic, payload);
    }

    private static JsonObjectBuilder broadcast(BroadcastResult result) {
        return Answer.fields().add("MessageId", sent(result));
    }

    /** The id of a broadcast that was sent. */
    private static long sent(BroadcastResult result) {
        return switch (result.outcome()) {
            case SENT -> result.messageId();
            case FORBIDDEN_TOPIC -> throw new IotException(IotError.INVALID_FORMATTED_TOPIC_NAME,
                    "the topic has to be below /broadcast/ and the product key, and not too long or too deep");
            case TOO_LARGE -> throw new IotException(IotError.PUBLISH_MESSAGE_FAILED, "a broadcast has at most "
                    + Broadcaster.PAYLOAD_MAXIMUM + " bytes of payload, and the server's packets have their limit");
            case TOO_OFTEN -> throw new IotException(IotError.RATE_LIMIT, "the next broadcast can be sent in "
                    + result.pause().toMillis() + " ms; nothing was sent");
            case UNAVAILABLE -> throw unavailable();
        };
    }

    private CompletionStage<Supplier<JsonObjectBuilder>> rrpc(Invocation in) {
        DeviceKey device = in.deviceKey();
        byte[] payload = MessageParameters.payload(in, "RequestBase64Byte");
        int timeout = in.integer("Timeout", IotError.INVALID_TIMEOUT_VALUE)
                .or(() -> in.integer("TimeOut", IotError.INVALID_TIMEOUT_VALUE)) // as samples of the vendor's have it
                .filter(millis -> millis >= Loops.CALL_MINIMUM.toMillis() && millis <= Loops.CALL_MAXIMUM.toMillis())
                .orElseThrow(() -> new IotException(IotError.INVALID_TIMEOUT_VALUE, "Timeout has to be "
                        + Loops.CALL_MINIMUM.toMillis() + " to " + Loops.CALL_MAXIMUM.toMillis() + " ms"));
        Optional<TopicName> topic = in.text("Topic").map(text -> topics.ofCall(text));
        return caller.call(device, topic, payload, Duration.ofMillis(timeout))
                .thenApply(outcome -> () -> called(device.productKey(), outcome));
    }

    private JsonObjectBuilder called(String productKey, CallOutcome outcome) {
        return switch (outcome.status()) {
            case SUCCESS -> ended("SUCCESS", outcome)
                    .add("PayloadBase64Byte", Base64.getEncoder().encodeToString(outcome.reply()));
            // with the vendor, who does not look, such a call is sent and times out
            case TIMEOUT, NOT_SUBSCRIBED, NO_EXT -> ended("TIMEOUT", outcome);
            case OFFLINE -> ended("OFFLINE", outcome);
            case HALF_CONNECTED -> ended("HALFCONN", outcome);
            case FORBIDDEN_TOPIC -> throw new IotException(IotError.INVALID_FORMATTED_TOPIC_NAME,
                    "the device may not subscribe to this topic, or it is too long or too deep");
            case UNKNOWN_DEVICE -> throw unknownDevice(productKey);
            case TOO_LARGE -> throw new IotException(IotError.RRPC_FAILED,
                    "the server or the device takes no packet of this size; nothing was sent");
            case THROTTLED -> throw new IotException(IotError.RATE_LIMIT,
                    "more than may be sent to the device, or by the server, in a second; nothing was sent");
            case UNAVAILABLE -> throw unavailable();
        };
    }

    private static JsonObjectBuilder ended(String code, CallOutcome outcome) {
        return Answer.fields().add("RrpcCode", code).add("MessageId", outcome.messageId());
    }

    /** Loops know of devices alone: there may be no such product either, which the registry says. */
    private IotException unknownDevice(String productKey) {
        products.get(productKey);
        return new IotException(IotError.NOT_EXISTED_DEVICE, "there is no such device");
    }

    private static GatewayException unavailable() {
        return new GatewayException(GatewayError.SERVICE_UNAVAILABLE,
                "The server is overloaded or not ready; nothing was sent.");
    }
}
