package io.thingport.it.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Client;
import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.Received;
import io.thingport.it.Rest;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import io.thingport.it.Tool;
import io.thingport.it.openapi.PlainCaller.Scheme;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A server calls the vendor's API with plain HTTP: with all three ways to sign and send, and with everything wrong. */
@Tag("once")
@ExtendWith(SharedServer.class)
class GatewayIT {

    private static final String HELLO = base64("hello + grüße");

    @ParameterizedTest
    @EnumSource
    void aMessageReachesADevice(Scheme scheme, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Tool tool = Client.HIVEMQ_5.tool(server, device.login()).ready(device.topic("user/get"))) {
            Rest.Answer answer = caller(server).call(scheme, "Pub", Map.of("ProductKey", device.productKey(),
                    "TopicFullName", device.topic("user/get"), "MessageContent", HELLO, "Qos", "1", "IotInstanceId", "",
                    "UserProp.1.Key", "k 1*", "UserProp.1.Value", "v~'!(中)", "CorrelationData", base64("seven")));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().getBoolean("Success")).isTrue();
            assertThat(answer.json()).doesNotContainKey("Code");
            assertThat(answer.json().getString("RequestId"))
                    .matches("[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}");
            assertThat(answer.json().getString("MessageId")).matches("[0-9]{18,19}");
            Received message = tool.next();
            assertThat(message.text()).isEqualTo("hello + grüße");
            assertThat(message.qos()).isEqualTo(1);
            assertThat(message.properties()).contains("user:k 1*=v~'!(中)", "correlation-data=seven");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCallIsAnsweredByTheDevice(Scheme scheme, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Tool tool = Client.PAHO_311.tool(server, device.login()).ready(device.system("rrpc/request/+"))) {
            CompletableFuture<Rest.Answer> call = CompletableFuture.supplyAsync(() -> caller(server).call(scheme, "RRpc",
                    Map.of("ProductKey", device.productKey(), "DeviceName", device.name(), "RequestBase64Byte", HELLO,
                            "Timeout", "8000")));
            Received request = tool.next();
            tool.publish(request.topic().replace("/request/", "/response/"), 0, "21 °C");

            JsonObject answer = call.get(30, TimeUnit.SECONDS).json();
            assertThat(answer.getString("RrpcCode")).isEqualTo("SUCCESS");
            assertThat(answer.getString("PayloadBase64Byte")).isEqualTo(base64("21 °C"));
            assertThat(request.topic()).endsWith("/" + answer.getJsonNumber("MessageId").longValueExact());
        }
    }

    @Test
    void aBatchReachesEachDevice(ThingportServer server, Fleet fleet) throws Exception {
        Device first = fleet.device();
        Device second = fleet.device(first.productKey());
        try (Tool one = Client.PAHO_311.tool(server, first.login()).ready(first.topic("user/get"));
                Tool other = Client.PAHO_5.tool(server, second.login()).ready(second.topic("user/get"))) {
            Rest.Answer answer = caller(server).call(Scheme.V1_POST, "BatchPub", Map.of("ProductKey", first.productKey(),
                    "TopicShortName", "get", "MessageContent", HELLO, "DeviceName.2", first.name(), "DeviceName.7", second.name()));

            assertThat(answer.json().getBoolean("Success")).isTrue();
            assertThat(one.next().topic()).isEqualTo(first.topic("user/get"));
            assertThat(other.next().topic()).isEqualTo(second.topic("user/get"));
        }
    }

    @Test
    void aBroadcastReachesADeviceWithoutSubscription(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Tool tool = Client.PAHO_311.tool(server, device.login()).ready()) {
            Rest.Answer answer = caller(server).call(Scheme.ACS3, "PubBroadcast",
                    Map.of("ProductKey", device.productKey(), "MessageContent", HELLO));

            assertThat(tool.next().topic()).isEqualTo(
                    device.system("broadcast/request/" + answer.json().getJsonNumber("MessageId").longValueExact()));
        }
    }

    @Test
    void anOperationThatRefusesIsNoErrorOfHttp(ThingportServer server, Fleet fleet) {
        Device device = fleet.device();
        Rest.Answer answer = caller(server).call(Scheme.ACS3, "Pub", Map.of("ProductKey", device.productKey(),
                "TopicFullName", device.topic("user/get"), "MessageContent", "not Base64!"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).containsOnlyKeys("RequestId", "Success", "Code", "ErrorMessage");
        assertThat(answer.json().getBoolean("Success")).isFalse();
        assertThat(answer.json().getString("Code")).isEqualTo("iot.messagebroker.MessageContentIsNotBase64Encode");
    }

    static Stream<Arguments> refusals() {
        return Stream.of(Scheme.values()).flatMap(scheme -> Stream.of(
                refusal(scheme, caller -> caller.withSecret("wrong"), 400, "SignatureDoesNotMatch"),
                refusal(scheme, caller -> caller.withId("nobody"), 404, "InvalidAccessKeyId.NotFound"),
                refusal(scheme, caller -> caller.at(minutes(-16)), 400, "InvalidTimeStamp.Expired"),
                refusal(scheme, caller -> caller.at(minutes(16)), 400, "InvalidTimeStamp.Expired"),
                refusal(scheme, caller -> caller.at("yesterday"), 400, "InvalidTimeStamp.Format"),
                refusal(scheme, caller -> caller.withVersion("2017-04-20"), 400, "InvalidVersion"),
                refusal(scheme, caller -> caller, 404, "InvalidAction.NotFound")));
    }

    private static Arguments refusal(Scheme scheme, UnaryOperator<PlainCaller> wrong, int status, String code) {
        return Arguments.of(scheme, wrong, status, code);
    }

    private static String minutes(int ahead) {
        return Instant.now().plus(ahead, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The action is one that does not exist, which is the last thing to be noticed. */
    @ParameterizedTest(name = "{0} {3}")
    @MethodSource("refusals")
    void theGatewayRefuses(Scheme scheme, UnaryOperator<PlainCaller> wrong, int status, String code, ThingportServer server) {
        assertRefused(wrong.apply(caller(server)).call(scheme, "Fly", Map.of()), status, code);
    }

    @ParameterizedTest
    @EnumSource
    void aRequestIsTakenOnce(Scheme scheme, ThingportServer server) {
        PlainCaller caller = caller(server).withNonce("once " + scheme);
        caller.call(scheme, "Fly", Map.of());
        assertRefused(caller.call(scheme, "Fly", Map.of()), 400, "SignatureNonceUsed");
    }

    @Test
    void aKeyWithoutTheScopeIsRefused(ThingportServer server, Fleet fleet) {
        Device device = fleet.device();
        assertRefused(new PlainCaller(server, fleet.accessKey("consume")).call(Scheme.ACS3, "Pub", Map.of("ProductKey",
                device.productKey(), "TopicFullName", device.topic("user/get"), "MessageContent", HELLO)), 403, "Forbidden.RAM");
    }

    @Test
    void answersInXmlAreNotGiven(ThingportServer server) {
        assertRefused(caller(server).call(Scheme.ACS3, "Pub", Map.of("Format", "XML")), 400, "InvalidParameter");
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                Arguments.of("GET", "", "", 400, "MissingParameter"),
                Arguments.of("POST", "", "Action=Pub", 400, "MissingParameter"),
                Arguments.of("POST", "Action=Pub&Action=RRpc", "", 400, "InvalidParameter"),
                Arguments.of("POST", "", "Action=%", 400, "InvalidParameter"),
                Arguments.of("POST", "", "Action=%FF", 400, "InvalidParameter"),
                Arguments.of("POST", "", "a".repeat(1_200_000), 400, "InvalidParameter"),
                Arguments.of("PUT", "", "Action=Pub", 405, "UnsupportedHTTPMethod"));
    }

    @ParameterizedTest(name = "{0} {4}")
    @MethodSource("malformed")
    void whatIsMalformedIsRefused(String method, String query, String form, int status, String code, ThingportServer server) {
        PlainCaller caller = caller(server);
        assertRefused(caller.send(HttpRequest.newBuilder(caller.uri(query)).method(method, BodyPublishers.ofString(form))
                .header("Content-Type", "application/x-www-form-urlencoded")), status, code);
    }

    private static void assertRefused(Rest.Answer answer, int status, String code) {
        assertThat(answer.json().getString("Code")).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json()).containsOnlyKeys("RequestId", "HostId", "Code", "Message", "Recommend");
    }

    private static PlainCaller caller(ThingportServer server) {
        return new PlainCaller(server, server.firstAccessKey());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
