package io.thingport.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.mqtt.CallOutcome;
import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.SendOutcome;
import io.thingport.mqtt.TopicName;
import io.thingport.platform.accesskey.Caller;
import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.config.Settings;
import io.thingport.platform.messaging.BroadcastResult;
import io.thingport.platform.messaging.Broadcaster;
import io.thingport.platform.messaging.PubResult;
import io.thingport.platform.messaging.Publisher;
import io.thingport.platform.registry.Devices;
import io.thingport.platform.registry.Product;
import io.thingport.platform.registry.Products;
import io.thingport.platform.registry.RegistryException;
import io.thingport.platform.registry.RegistryProblem;
import io.thingport.platform.rrpc.RrpcCaller;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MessagingOperationsTest {

    private static final long ID = 1234567890123456789L;
    private static final String HELLO = "aGVsbG8=";
    private static final Map<String, String> PUB = Map.of("ProductKey", "a1", "TopicFullName", "/a1/device1/user/get",
            "MessageContent", HELLO);
    private static final Map<String, String> RRPC = Map.of("ProductKey", "a1", "DeviceName", "device1", "RequestBase64Byte",
            HELLO, "Timeout", "1000");
    private static final Map<String, String> BATCH = Map.of("ProductKey", "a1", "DeviceName.1", "device1", "DeviceName.2",
            "device2", "TopicShortName", "get", "MessageContent", HELLO);

    private final List<Message> sent = new ArrayList<>();
    private SendOutcome outcome = SendOutcome.SENT;
    private CallOutcome reply = CallOutcome.success(ID, "21".getBytes(StandardCharsets.UTF_8));
    private BroadcastResult broadcast = BroadcastResult.sent(ID, 3);
    private Optional<TopicName> broadcastTopic = Optional.empty();
    private Optional<TopicName> callTopic = Optional.empty();

    private final Publisher publisher = new Publisher() {
        @Override
        public CompletionStage<PubResult> publish(Message message) {
            sent.add(message);
            return CompletableFuture.completedStage(new PubResult(ID, outcome));
        }
    };

    private final Broadcaster broadcaster = new Broadcaster() {
        @Override
        public CompletionStage<BroadcastResult> broadcast(String productKey, Optional<TopicName> topic, byte[] payload) {
            broadcastTopic = topic;
            return CompletableFuture.completedStage(broadcast);
        }
    };

    private final RrpcCaller caller = new RrpcCaller() {
        @Override
        public CompletionStage<CallOutcome> call(DeviceKey device, Optional<TopicName> topic, byte[] request,
                Duration timeout) {
            callTopic = topic;
            return CompletableFuture.completedStage(reply);
        }
    };

    private final Products products = new Products() {
        @Override
        public Product get(String productKey) {
            if (productKey.equals("a1")) {
                return null; // nobody looks at it
            }
            throw new RegistryException(RegistryProblem.PRODUCT_NOT_FOUND, "no such product");
        }
    };

    private final Devices devices = new Devices() {
        @Override
        public Set<String> unknown(String productKey, Set<String> deviceNames) {
            Set<String> unknown = new HashSet<>(deviceNames);
            unknown.removeAll(Set.of("device1", "device2"));
            return unknown;
        }
    };

    private final MessagingOperations operations = new MessagingOperations(publisher, broadcaster, caller, products, devices,
            new Settings.Topics(128, 7));

    private JsonObject call(String name, Map<String, String> parameters, String... changes) {
        Map<String, String> changed = new TreeMap<>(parameters);
        for (int i = 0; i < changes.length; i += 2) {
            changed.put(changes[i], changes[i + 1]);
        }
        Operation operation = operations.operations().stream().filter(o -> o.name().equals(name)).findFirst().orElseThrow();
        try {
            return operation.body().apply(new Invocation(operation, new Caller("key", Set.of(Scope.MESSAGE)), changed))
                    .toCompletableFuture().join().get().build();
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    private void assertRefused(IotError error, String name, Map<String, String> parameters, String... changes) {
        assertThatThrownBy(() -> call(name, parameters, changes)).isInstanceOfSatisfying(IotException.class,
                e -> assertThat(e.error()).isEqualTo(error));
    }

    @Test
    void theIdOfAMessageIsText() {
        assertThat(call("Pub", PUB).getString("MessageId")).isEqualTo("1234567890123456789");
        assertThat(sent.get(0).topic().toString()).isEqualTo("/a1/device1/user/get");
        assertThat(sent.get(0).payload().toByteArray()).asString().isEqualTo("hello");
    }

    @ParameterizedTest
    @EnumSource(names = {"SENT", "STORED", "NO_SESSION", "NOT_SUBSCRIBED"})
    void whatThePlatformHasTakenIsSuccess(SendOutcome taken) {
        outcome = taken;
        assertThat(call("Pub", PUB)).containsKey("MessageId");
    }

    @ParameterizedTest
    @CsvSource({"DROPPED, PUBLISH_MESSAGE_FAILED", "TOO_LARGE, PUBLISH_MESSAGE_FAILED", "THROTTLED, RATE_LIMIT",
            "FORBIDDEN_TOPIC, TOPIC_TEMPLATE_IS_NOT_FOUND", "UNKNOWN_DEVICE, NOT_EXISTED_DEVICE"})
    void whatItHasNotTakenHasItsCode(SendOutcome refused, IotError error) {
        outcome = refused;
        assertRefused(error, "Pub", PUB);
        assertRefused(error, "BatchPub", BATCH);
    }

    @Test
    void aServerThatIsNotReadyIsTheGatewaysError() {
        outcome = SendOutcome.UNAVAILABLE;
        assertThatThrownBy(() -> call("Pub", PUB)).isInstanceOf(GatewayException.class);
    }

    @Test
    void aDeviceOfAnUnknownProductIsAnUnknownProduct() {
        outcome = SendOutcome.UNKNOWN_DEVICE;
        assertThatThrownBy(() -> call("Pub", PUB, "ProductKey", "b2", "TopicFullName", "/b2/device1/user/get"))
                .isInstanceOf(RegistryException.class);
    }

    @ParameterizedTest
    @CsvSource({"ProductKey, '', NULL_PRODUCT_KEY", "TopicFullName, '', NULL_TOPIC_NAME",
            "MessageContent, '', NULL_MESSAGE_CONTENT", "MessageContent, a?b, CONTENT_NOT_BASE64",
            "TopicFullName, /b2/device1/user/get, INVALID_FORMATTED_TOPIC_NAME",
            "TopicFullName, /a1/device1/get, INVALID_FORMATTED_TOPIC_NAME",
            "TopicFullName, /a1/dev/user/get, INVALID_FORMATTED_TOPIC_NAME",
            "TopicFullName, /a1/device1/user/+, INVALID_FORMATTED_TOPIC_NAME",
            "TopicFullName, /sys/a1/device1/thing/service, INVALID_FORMATTED_TOPIC_NAME",
            "TopicFullName, /ext/rrpc/1/a1/device1/user/get, INVALID_FORMATTED_TOPIC_NAME",
            "TopicFullName, /a1/device1/user/1/2/3/4/5, INVALID_FORMATTED_TOPIC_NAME",
            "Qos, 2, INVALID_FORMATTED_PARAMETER", "Qos, x, INVALID_FORMATTED_PARAMETER",
            "Retained, true, INVALID_FORMATTED_PARAMETER", "Retained, yes, INVALID_FORMATTED_PARAMETER",
            "PayloadFormatIndicator, 2, INVALID_FORMATTED_PARAMETER",
            "MessageExpiryInterval, 0, INVALID_FORMATTED_PARAMETER",
            "MessageExpiryInterval, 4294967296, INVALID_FORMATTED_PARAMETER",
            "CorrelationData, a?b, INVALID_FORMATTED_PARAMETER", "ResponseTopic, a/+, INVALID_FORMATTED_PARAMETER",
            "UserProp.1.Key, k, INVALID_FORMATTED_PARAMETER", "UserProp.1.Value, v, INVALID_FORMATTED_PARAMETER"})
    void whatIsWrongWithAMessageHasItsCode(String parameter, String value, IotError error) {
        assertRefused(error, "Pub", PUB, parameter, value);
        assertThat(sent).isEmpty();
    }

    @Test
    void aUserPropertyKeepsItsLimits() {
        assertRefused(IotError.INVALID_FORMATTED_PARAMETER, "Pub", PUB, "UserProp.1.Key", "_k", "UserProp.1.Value", "v");
        assertRefused(IotError.INVALID_FORMATTED_PARAMETER, "Pub", PUB, "UserProp.1.Key", "k", "UserProp.1.Value",
                "v".repeat(128));
    }

    @Test
    void textHasToBeText() {
        assertRefused(IotError.INVALID_FORMATTED_PARAMETER, "Pub", PUB, "PayloadFormatIndicator", "1", "MessageContent", "/w==");
    }

    @Test
    void aTopicOfBroadcastsIsABroadcast() {
        JsonObject answer = call("Pub", PUB, "TopicFullName", "/broadcast/a1/news");
        assertThat(answer.getString("MessageId")).isEqualTo("1234567890123456789");
        assertThat(broadcastTopic.orElseThrow()).hasToString("/broadcast/a1/news");
    }

    @Test
    void aBatchGoesToEachDevice() {
        assertThat(call("BatchPub", BATCH)).isEmpty();
        assertThat(sent).extracting(message -> message.topic().toString())
                .containsExactly("/a1/device1/user/get", "/a1/device2/user/get");
    }

    @Test
    void aBatchWithAnUnknownDeviceGoesToNone() {
        assertRefused(IotError.NOT_EXISTED_DEVICE, "BatchPub", BATCH, "DeviceName.3", "device3");
        assertThat(sent).isEmpty();
    }

    @Test
    void aBatchHasAHundredDevicesAtMost() {
        Map<String, String> many = new TreeMap<>(BATCH);
        for (int i = 1; i <= 101; i++) {
            many.put("DeviceName." + i, "device" + i);
        }
        assertRefused(IotError.INVALID_FORMATTED_PARAMETER, "BatchPub", many);
    }

    @Test
    void aBatchNeedsADevice() {
        assertRefused(IotError.NONE_DEVICE_NAME_ELEMENT, "BatchPub", BATCH, "DeviceName.1", "", "DeviceName.2", "");
    }

    @Test
    void theIdOfABroadcastIsANumber() {
        assertThat(call("PubBroadcast", Map.of("ProductKey", "a1", "MessageContent", HELLO)).getJsonNumber("MessageId")
                .longValueExact()).isEqualTo(ID);
    }

    @ParameterizedTest
    @CsvSource({"FORBIDDEN_TOPIC, INVALID_FORMATTED_TOPIC_NAME", "TOO_LARGE, PUBLISH_MESSAGE_FAILED"})
    void aBroadcastThatWasNotSentHasItsCode(BroadcastResult.Outcome refused, IotError error) {
        broadcast = BroadcastResult.refused(refused);
        assertRefused(error, "PubBroadcast", Map.of("ProductKey", "a1", "MessageContent", HELLO));
    }

    @Test
    void broadcastsAreApart() {
        broadcast = BroadcastResult.tooOften(Duration.ofSeconds(1));
        assertRefused(IotError.RATE_LIMIT, "PubBroadcast", Map.of("ProductKey", "a1", "MessageContent", HELLO));
    }

    @Test
    void aReplyIsInBase64() {
        JsonObject answer = call("RRpc", RRPC, "Topic", "/a1/device1/user/get");
        assertThat(answer.getString("RrpcCode")).isEqualTo("SUCCESS");
        assertThat(answer.getString("PayloadBase64Byte")).isEqualTo("MjE=");
        assertThat(answer.getJsonNumber("MessageId").longValueExact()).isEqualTo(ID);
        assertThat(callTopic.orElseThrow()).hasToString("/a1/device1/user/get");
    }

    @ParameterizedTest
    @CsvSource({"TIMEOUT, TIMEOUT", "OFFLINE, OFFLINE", "HALF_CONNECTED, HALFCONN", "NOT_SUBSCRIBED, TIMEOUT", "NO_EXT, TIMEOUT"})
    void aCallWithoutAReplyIsSuccessWithItsCode(CallOutcome.Status status, String code) {
        reply = CallOutcome.failed(status, ID);
        assertThat(call("RRpc", RRPC).getString("RrpcCode")).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"FORBIDDEN_TOPIC, INVALID_FORMATTED_TOPIC_NAME", "UNKNOWN_DEVICE, NOT_EXISTED_DEVICE",
            "TOO_LARGE, RRPC_FAILED", "THROTTLED, RATE_LIMIT"})
    void aCallThatCouldNotBeMadeHasItsCode(CallOutcome.Status status, IotError error) {
        reply = CallOutcome.failed(status, 0);
        assertRefused(error, "RRpc", RRPC);
    }

    @ParameterizedTest
    @CsvSource({"Timeout, '', INVALID_TIMEOUT_VALUE", "Timeout, 999, INVALID_TIMEOUT_VALUE",
            "Timeout, 8001, INVALID_TIMEOUT_VALUE", "Timeout, 5s, INVALID_TIMEOUT_VALUE",
            "DeviceName, '', NULL_DEVICE_NAME", "DeviceName, dev, NOT_EXISTED_DEVICE",
            "RequestBase64Byte, '', NULL_MESSAGE_CONTENT", "RequestBase64Byte, a?b, CONTENT_NOT_BASE64",
            "Topic, user/get, INVALID_FORMATTED_TOPIC_NAME", "Topic, /a/+, INVALID_FORMATTED_TOPIC_NAME"})
    void whatIsWrongWithACallHasItsCode(String parameter, String value, IotError error) {
        assertRefused(error, "RRpc", RRPC, parameter, value);
    }

    @Test
    void theTimeoutMayBeSpeltAsInTheSamples() {
        assertThat(call("RRpc", RRPC, "Timeout", "", "TimeOut", "8000").getString("RrpcCode")).isEqualTo("SUCCESS");
    }
}
