package io.thingport.it.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import io.thingport.it.Client;
import io.thingport.it.Deadline;
import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.Login;
import io.thingport.it.RawConnection;
import io.thingport.it.Rest;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import io.thingport.it.Tool;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server watches devices. */
@Tag("once")
@ExtendWith(SharedServer.class)
class EventsIT {

    @Test
    void aMessageComesWithAllThatItsSenderGaveIt(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Watching watching = watch(server, device.path() + "/events")) {
            publishWithProperties(server, device);
            Event online = watching.next();
            assertThat(online.name()).isEqualTo("status");
            Event event = watching.next();
            assertThat(event.name()).isEqualTo("message");
            JsonObject data = event.data();
            assertThat(data.getString("productKey")).isEqualTo(device.productKey());
            assertThat(data.getString("deviceName")).isEqualTo(device.name());
            assertThat(data.getString("topic")).isEqualTo(device.topic("user/update"));
            assertThat(data.getString("messageId")).matches("[0-9]{1,19}");
            assertThat(data.getInt("qos")).isEqualTo(1);
            assertThat(data.getString("payload")).isEqualTo("grüße");
            assertThat(data.getString("ResponseTopic")).isEqualTo(device.topic("user/get"));
            assertThat(Base64.getDecoder().decode(data.getString("CorrelationData"))).asString().isEqualTo("seven");
            assertThat(data.getJsonArray("UserProperty").toString()).isEqualTo("[{\"Key\":\"k\",\"Value\":\"v\"}]");
        }
    }

    @Test
    void theStreamIsNotKeptByAnybody(ThingportServer server, Fleet fleet) throws Exception {
        try (Watching watching = watch(server, fleet.device().path() + "/events")) {
            assertThat(watching.response().headers().firstValue("Content-Type")).hasValueSatisfying(
                    type -> assertThat(type).startsWith("text/event-stream"));
            assertThat(watching.response().headers().firstValue("Cache-Control")).contains("no-store");
        }
    }

    @Test
    void aProductsMessagesComeInTheOrderOfEachDevice(ThingportServer server, Fleet fleet) throws Exception {
        Device one = fleet.device();
        Device other = fleet.device(one.productKey());
        try (Watching watching = watch(server, product(one) + "/events?kinds=data");
                Tool first = Client.PAHO_311.tool(server, one.login()).ready();
                Tool second = Client.PAHO_311.tool(server, other.login()).ready()) {
            for (int i = 0; i < 50; i++) {
                first.publish(one.topic("user/update"), 1, "a" + i);
                second.publish(other.topic("user/update"), 0, "b" + i);
            }
            List<String> payloads = watching.payloads(100);
            assertThat(payloads.stream().filter(p -> p.startsWith("a"))).containsExactlyElementsOf(numbered("a"));
            assertThat(payloads.stream().filter(p -> p.startsWith("b"))).containsExactlyElementsOf(numbered("b"));
        }
    }

    @Test
    void whoWatchesADeviceSeesNoOther(ThingportServer server, Fleet fleet) throws Exception {
        Device one = fleet.device();
        Device other = fleet.device(one.productKey());
        try (Watching watching = watch(server, one.path() + "/events?kinds=data");
                Tool first = Client.PAHO_311.tool(server, one.login()).ready();
                Tool second = Client.PAHO_311.tool(server, other.login()).ready()) {
            second.publish(other.topic("user/update"), 1, "other");
            first.publish(one.topic("user/update"), 1, "one");
            assertThat(watching.next().payload()).isEqualTo("one");
        }
    }

    @Test
    void comingAndGoingIsSeen(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Watching watching = watch(server, device.path() + "/events?kinds=status")) {
            Client.PAHO_311.tool(server, device.login()).ready().close();
            Event online = watching.next();
            assertThat(online.name()).isEqualTo("status");
            assertThat(online.data().getString("topic"))
                    .isEqualTo("/as/mqtt/status/" + device.productKey() + "/" + device.name());
            assertThat(online.payload()).contains("\"status\":\"online\"");
            assertThat(watching.next().payload()).contains("\"status\":\"offline\"");
        }
    }

    @Test
    void whoComesAgainSeesWhatItMissed(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Tool tool = Client.PAHO_311.tool(server, device.login()).ready()) {
            String last;
            try (Watching watching = watch(server, device.path() + "/events")) {
                tool.publish(device.topic("user/update"), 1, "1");
                last = watching.next().id();
            }
            tool.publish(device.topic("user/update"), 1, "2");
            tool.publish(device.topic("user/update"), 1, "3");
            try (Watching again = new Watching(server, server.firstAccessKey(), device.path() + "/events",
                    Optional.of(last))) {
                assertThat(again.payloads(2)).containsExactly("2", "3");
            }
        }
    }

    @Test
    void whatIsNotThereAnyMoreIsAGap(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Watching watching = new Watching(server, server.firstAccessKey(), device.path() + "/events",
                Optional.of("7"))) {
            Event gap = watching.next();
            assertThat(gap.name()).isEqualTo("gap");
            assertThat(gap.data()).isEmpty();
        }
    }

    /** It reads nothing while others do; then it reads what is still there, and learns how much is not. */
    @Test
    void aSlowWatcherLosesTheOldestAndHurtsNobody(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        int messages = 3_000;
        String path = product(device) + "/events?kinds=data";
        try (Socket slow = raw(server, path); Watching fast = watch(server, path);
                RawConnection publisher = new RawConnection(server)) {
            publisher.send(RawConnection.connect(4, device.login())).read(4);
            String filler = "x".repeat(2_000);
            int seen = 0;
            for (int i = 0; i < messages; i++) {
                publisher.send(RawConnection.publish(4, 0, device.topic("user/update"), 0, i + " " + filler));
                if (i % 100 == 99) { // as fast as the fast one reads
                    for (; seen <= i; seen++) {
                        assertThat(fast.next().payload()).startsWith(seen + " ");
                    }
                }
            }
            Slow read = readUntil(slow, (messages - 1) + " ");
            assertThat(read.payloads()).isNotEmpty().isSorted();
            assertThat(read.missed()).isPositive();
            assertThat(read.payloads().size() + read.missed()).isEqualTo(messages);
        }
    }

    @Test
    void oneKeyWatchesFiftyTimesAtMost(ThingportServer server, Rest rest, Fleet fleet) throws Exception {
        Device device = fleet.device();
        String key = fleet.accessKey("consume");
        fifty(server, key, device);
        Rest.Answer answer = rest.as(key).get(device.path() + "/events");
        assertProblem(answer, 429, "throttled");
        assertThat(answer.response().headers().firstValue("Retry-After")).isPresent();
        revoke(rest, key);
    }

    @Test
    void whoIsGoneMakesRoom(ThingportServer server, Rest rest, Fleet fleet) throws Exception {
        Device device = fleet.device();
        String key = fleet.accessKey("consume");
        fifty(server, key, device).get(0).close();
        try (Tool tool = Client.PAHO_311.tool(server, device.login()).ready()) {
            await().atMost(Deadline.ANSWER).until(() -> {
                tool.publish(device.topic("user/update"), 1, "x");
                return mayWatch(server, key, device);
            });
        }
        revoke(rest, key);
    }

    @Test
    void aStreamEndsWithItsAccessKey(ThingportServer server, Rest rest, Fleet fleet) throws Exception {
        String key = fleet.accessKey("consume");
        try (Watching watching = watch(server, key, fleet.device().path() + "/events")) {
            revoke(rest, key);
            assertThat(watching.ends()).isTrue();
        }
    }

    @Test
    void watchingIsCounted(ThingportServer server, Rest rest, Fleet fleet) throws Exception {
        try (Watching watching = watch(server, fleet.device().path() + "/events")) {
            assertThat(rest.get("/metrics?scope=application").ok().response().body())
                    .containsPattern("(?m)^thingport_watch_watchers\\S* [1-9]")
                    .containsPattern("(?m)^thingport_watch_products\\S* [1-9]");
        }
    }

    @Test
    void aStreamEndsWithItsDevice(ThingportServer server, Rest rest, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Watching watching = watch(server, device.path() + "/events")) {
            rest.delete(device.path()).ok();
            assertThat(watching.ends()).isTrue();
        }
    }

    @Test
    void aStreamEndsWithItsProduct(ThingportServer server, Rest rest, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Watching watching = watch(server, product(device) + "/events")) {
            rest.delete(device.path()).ok();
            rest.delete(product(device)).ok();
            assertThat(watching.ends()).isTrue();
        }
    }

    @Test
    void whatDoesNotExistIs404(Rest rest, Fleet fleet) {
        Device device = fleet.device();
        assertProblem(rest.get("/api/v1/products/a1none/events"), 404, "product-not-found");
        assertProblem(rest.get(product(device) + "/devices/none/events"), 404, "device-not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kinds=", "kinds=lifecycle", "kinds=data,", "kinds=data;status"})
    void unknownKindsAre400(String query, Rest rest, Fleet fleet) {
        assertProblem(rest.get(fleet.device().path() + "/events?" + query), 400, "invalid-request");
    }

    @Test
    void otherScopesDoNotWatch(Rest rest, Fleet fleet) {
        Device device = fleet.device();
        assertProblem(rest.as(fleet.accessKey("message")).get(device.path() + "/events"), 403, "scope-missing");
        assertProblem(rest.as("").get(device.path() + "/events"), 401, "unauthenticated");
    }

    // ---- the test's own ----

    private record Slow(List<Integer> payloads, long missed) {
    }

    private static Slow readUntil(Socket socket, String last) throws IOException {
        Pattern payload = Pattern.compile("\"payload\":\"(\\d+) ");
        Pattern gap = Pattern.compile("\\{\"missed\":(\\d+)}");
        List<Integer> payloads = new ArrayList<>();
        long missed = 0;
        BufferedReader lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher message = payload.matcher(line);
            Matcher missing = gap.matcher(line);
            if (message.find()) {
                payloads.add(Integer.parseInt(message.group(1)));
            } else if (missing.find()) {
                missed += Long.parseLong(missing.group(1));
            }
            if (line.contains("\"payload\":\"" + last)) {
                break;
            }
        }
        return new Slow(payloads, missed);
    }

    /** A client with small buffers that reads when the test does. */
    private static Socket raw(ThingportServer server, String path) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.setSoTimeout((int) Deadline.ANSWER.toMillis());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.httpPort()));
        String key = Base64.getEncoder().encodeToString(server.firstAccessKey().getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic " + key
                + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
        assertThat(status).asString().isEqualTo("HTTP/1.1 200");
        return socket;
    }

    private static Watching watch(ThingportServer server, String path) throws Exception {
        return watch(server, server.firstAccessKey(), path);
    }

    private static Watching watch(ThingportServer server, String accessKey, String path) throws Exception {
        return new Watching(server, accessKey, path, Optional.empty());
    }

    private static String product(Device device) {
        return "/api/v1/products/" + device.productKey();
    }

    private static List<String> numbered(String prefix) {
        return IntStream.range(0, 50).mapToObj(i -> prefix + i).toList();
    }

    private static void revoke(Rest rest, String key) {
        rest.delete("/api/v1/access-keys/" + key.split(":")[0]).ok();
    }

    private static List<Watching> fifty(ThingportServer server, String key, Device device) throws Exception {
        List<Watching> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            all.add(watch(server, key, device.path() + "/events"));
        }
        return all;
    }

    private static boolean mayWatch(ThingportServer server, String key, Device device) throws Exception {
        try (Watching watching = watch(server, key, device.path() + "/events")) {
            return true;
        } catch (AssertionError refused) {
            return false;
        }
    }

    private static void assertProblem(Rest.Answer answer, int status, String code) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().getString("code")).isEqualTo(code);
    }

    private static void publishWithProperties(ThingportServer server, Device device) {
        Login login = device.login();
        Mqtt5BlockingClient client = Mqtt5Client.builder().serverHost("127.0.0.1").serverPort(server.mqttPort())
                .identifier(login.clientId()).simpleAuth().username(login.userName())
                .password(login.password().getBytes(StandardCharsets.UTF_8)).applySimpleAuth().buildBlocking();
        client.connect();
        client.publishWith().topic(device.topic("user/update")).qos(MqttQos.AT_LEAST_ONCE)
                .payload("grüße".getBytes(StandardCharsets.UTF_8)).responseTopic(device.topic("user/get"))
                .correlationData("seven".getBytes(StandardCharsets.UTF_8)).userProperties().add("k", "v")
                .applyUserProperties().send();
        client.disconnect();
    }
}
