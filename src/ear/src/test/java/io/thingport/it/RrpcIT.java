package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server calls a device and waits for its answer (RRPC), in both forms. */
@ExtendWith(SharedServer.class)
class RrpcIT {

    @ParameterizedTest
    @EnumSource
    void answeredOnTheSystemTopic(Client client, ThingportServer server, Rest rest, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Tool tool = client.tool(server, device.login()).ready(device.system("rrpc/request/+"))) {
            CompletableFuture<JsonObject> call = call(rest, device, "", "how warm?", 8000);
            Received request = tool.next();
            assertThat(request.topic()).matches(device.system("rrpc/request/") + "[0-9]{1,19}");
            assertThat(request.text()).isEqualTo("how warm?");
            assertThat(request.qos()).isZero();
            tool.publish(request.topic().replace("/request/", "/response/"), 0, "21 °C");
            JsonObject answer = answer(call);
            assertThat(answer.getString("outcome")).isEqualTo("success");
            assertThat(answer.getString("payload")).isEqualTo("21 °C");
            assertThat(new String(Base64.getDecoder().decode(answer.getString("payloadBase64")))).isEqualTo("21 °C");
            assertThat(request.topic()).endsWith("/" + answer.getString("messageId"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void answeredOnACustomTopic(Client client, ThingportServer server, Rest rest, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Tool tool = client.tool(server, device.loginWithExt())
                .ready("/ext/rrpc/+" + device.topic("user/get"))) {
            CompletableFuture<JsonObject> call = call(rest, device, "user/get", "how warm?", 8000);
            Received request = tool.next();
            assertThat(request.topic()).matches("/ext/rrpc/[0-9]{1,19}" + device.topic("user/get"));
            tool.publish(request.topic(), 0, "21");
            JsonObject answer = answer(call);
            assertThat(answer.getString("outcome")).isEqualTo("success");
            assertThat(answer.getString("payload")).isEqualTo("21");
        }
    }

    /** The dialect asks for QoS 0; an answer at QoS 1 counts all the same and is acknowledged. */
    @ParameterizedTest
    @EnumSource
    void answerAtQos1Counts(Client client, ThingportServer server, Rest rest, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Tool tool = client.tool(server, device.login()).ready(device.system("rrpc/request/+"))) {
            CompletableFuture<JsonObject> call = call(rest, device, "", "q", 8000);
            assertThat(tool.publish(tool.next().topic().replace("/request/", "/response/"), 1, "a")).isZero();
            assertThat(answer(call).getString("payload")).isEqualTo("a");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PAHO_311", "HIVEMQ_5"})
    void silentDeviceTimesOut(Client client, ThingportServer server, Rest rest, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Tool tool = client.tool(server, device.login()).ready(device.system("rrpc/request/+"))) {
            CompletableFuture<JsonObject> call = call(rest, device, "", "q", 1000);
            Received request = tool.next();
            assertThat(answer(call).getString("outcome")).isEqualTo("timeout");
            tool.publish(request.topic().replace("/request/", "/response/"), 1, "too late");
            assertThat(tool.connected()).isTrue();
        }
    }

    @Test
    void absentDeviceIsOffline(Rest rest, Fleet fleet) throws Exception {
        Device device = fleet.device();
        assertThat(answer(call(rest, device, "", "q", 8000)).getString("outcome")).isEqualTo("offline");
        assertThat(answer(call(rest, device, "user/get", "q", 8000)).getString("outcome")).isEqualTo("offline");
    }

    @ParameterizedTest
    @EnumSource(names = {"PAHO_311", "HIVEMQ_5"})
    void connectionLostWhileWaitingIsOffline(Client client, ThingportServer server, Rest rest, Fleet fleet)
            throws Exception {
        Device device = fleet.device();
        CompletableFuture<JsonObject> call;
        try (Tool tool = client.tool(server, device.login()).ready(device.system("rrpc/request/+"))) {
            call = call(rest, device, "", "q", 8000);
            tool.next();
        }
        assertThat(answer(call).getString("outcome")).isEqualTo("offline");
    }

    @ParameterizedTest
    @EnumSource(names = {"PAHO_311", "HIVEMQ_5"})
    void takeoverWhileWaitingIsOffline(Client client, ThingportServer server, Rest rest, Fleet fleet)
            throws Exception {
        Device device = fleet.device();
        try (Tool older = client.tool(server, device.login()).ready(device.system("rrpc/request/+"))) {
            CompletableFuture<JsonObject> call = call(rest, device, "", "q", 8000);
            older.next();
            try (Tool newer = client.tool(server, device.login()).ready(device.system("rrpc/request/+"))) {
                assertThat(answer(call).getString("outcome")).isEqualTo("offline");
                assertThat(newer.connected()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PAHO_311", "HIVEMQ_5"})
    void deviceThatDidNotSubscribeIsToldAtOnce(Client client, ThingportServer server, Rest rest, Fleet fleet)
            throws Exception {
        Device device = fleet.device();
        try (Tool tool = client.tool(server, device.loginWithExt()).ready(device.topic("user/get"))) {
            assertThat(answer(call(rest, device, "", "q", 8000)).getString("outcome")).isEqualTo("not-subscribed");
            assertThat(answer(call(rest, device, "user/get", "q", 8000)).getString("outcome"))
                    .isEqualTo("not-subscribed");
            assertThat(tool.connected()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PAHO_311", "HIVEMQ_5"})
    void customTopicNeedsExt(Client client, ThingportServer server, Rest rest, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Tool tool = client.tool(server, device.login()).ready("/ext/rrpc/+" + device.topic("user/get"))) {
            assertThat(answer(call(rest, device, "user/get", "q", 8000)).getString("outcome")).isEqualTo("no-ext");
            assertThat(tool.connected()).isTrue();
        }
    }

    /** A device answers for itself and for nobody else. */
    @ParameterizedTest
    @EnumSource(names = {"PAHO_311", "HIVEMQ_5"})
    void answerOfAnotherDeviceDoesNotCount(Client client, ThingportServer server, Rest rest, Fleet fleet)
            throws Exception {
        Device device = fleet.device();
        Device other = fleet.device(device.productKey());
        try (Tool tool = client.tool(server, device.login()).ready(device.system("rrpc/request/+"));
                Tool intruder = client.tool(server, other.login()).ready()) {
            CompletableFuture<JsonObject> call = call(rest, device, "", "q", 8000);
            String id = tool.next().topic().replaceAll(".*/", "");
            intruder.publish(device.system("rrpc/response/" + id), 1, "mine");
            intruder.publish(other.system("rrpc/response/" + id), 1, "mine");
            tool.publish(device.system("rrpc/response/" + id), 1, "true");
            assertThat(answer(call).getString("payload")).isEqualTo("true");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PAHO_311", "HIVEMQ_5"})
    void manyCallsAtATimeFindTheirAnswers(Client client, ThingportServer server, Rest rest, Fleet fleet)
            throws Exception {
        Device device = fleet.device();
        try (Tool tool = client.tool(server, device.login()).ready(device.system("rrpc/request/+"))) {
            CompletableFuture<?>[] calls = new CompletableFuture<?>[50];
            for (int i = 0; i < calls.length; i++) {
                String question = "question " + i;
                calls[i] = call(rest, device, "", question, 8000).thenAccept(
                        answer -> assertThat(answer.getString("payload")).isEqualTo("re: " + question));
            }
            for (int i = 0; i < calls.length; i++) {
                Received request = tool.next();
                tool.publish(request.topic().replace("/request/", "/response/"), 0, "re: " + request.text());
            }
            CompletableFuture.allOf(calls).get(Deadline.ANSWER.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Test
    void topicThatTheDeviceMayNotHaveIsRefused(Rest rest, Fleet fleet) {
        Device device = fleet.device();
        for (String topic : new String[] {"user/update", "/shadow/get/" + device.productKey() + "/" + device.name(),
            fleet.device().topic("user/get")}) {
            Rest.Answer answer = rest.post(device.path() + "/rrpc",
                    Json.createObjectBuilder().add("payload", "q").add("topic", topic).build());
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.json().getString("code")).isEqualTo("topic-not-permitted");
        }
    }

    @Test
    void requestThatNoPacketHoldsIsRefused(ThingportServer server, Rest rest, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Tool tool = Client.PAHO_311.tool(server, device.login()).ready(device.system("rrpc/request/+"))) {
            Rest.Answer answer = rest.post(device.path() + "/rrpc",
                    Json.createObjectBuilder().add("payload", "x".repeat(256 * 1024)).build());
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.json().getString("code")).isEqualTo("message-too-large");
            assertThat(tool.connected()).isTrue();
        }
    }

    /** An answer on the form that was not asked is none; the right one still counts, and only once. */
    @ParameterizedTest
    @EnumSource(names = {"PAHO_311", "HIVEMQ_5"})
    void answerOnTheOtherFormDoesNotCount(Client client, ThingportServer server, Rest rest, Fleet fleet)
            throws Exception {
        Device device = fleet.device();
        try (Tool tool = client.tool(server, device.loginWithExt()).ready(device.system("rrpc/request/+"))) {
            CompletableFuture<JsonObject> call = call(rest, device, "", "q", 8000);
            String id = tool.next().topic().replaceAll(".*/", "");
            assertThat(tool.publish("/ext/rrpc/" + id + device.topic("user/get"), 1, "other")).isZero();
            assertThat(tool.publish(device.system("rrpc/response/" + id), 1, "right")).isZero();
            assertThat(tool.publish(device.system("rrpc/response/" + id), 1, "again")).isZero();
            assertThat(answer(call).getString("payload")).isEqualTo("right");
        }
    }

    @Test
    void timeoutOutsideItsBoundsIsRefused(Rest rest, Fleet fleet) {
        Device device = fleet.device();
        for (int millis : new int[] {999, 8001}) {
            Rest.Answer answer = rest.post(device.path() + "/rrpc",
                    Json.createObjectBuilder().add("payload", "q").add("timeoutMillis", millis).build());
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().getString("detail")).contains("timeoutMillis");
        }
    }

    /** @param topic empty for the system topic */
    private static CompletableFuture<JsonObject> call(Rest rest, Device device, String topic, String payload,
            int timeoutMillis) {
        var body = Json.createObjectBuilder().add("payload", payload).add("timeoutMillis", timeoutMillis);
        if (!topic.isEmpty()) {
            body.add("topic", topic);
        }
        JsonObject built = body.build();
        return CompletableFuture.supplyAsync(() -> rest.post(device.path() + "/rrpc", built).ok().json(),
                task -> new Thread(task).start());
    }

    private static JsonObject answer(CompletableFuture<JsonObject> call) throws Exception {
        return call.get(Deadline.ANSWER.toSeconds(), TimeUnit.SECONDS);
    }
}
