package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the platform does for firmware made for the Aliyun IoT Platform: its system topics, the time, plain success. */
@Tag("once")
@ExtendWith(SharedServer.class)
class SystemTopicsIT {

    private static final String SERVICE = "thing/service/reboot";

    // ---- _ss=1 ----

    @ParameterizedTest
    @EnumSource
    void deviceWithSsIsCalledWithoutSubscribe(Client client, ThingportServer server, Rest rest, Fleet fleet)
            throws Exception {
        Device device = fleet.device();
        try (Tool tool = client.tool(server, withSs(device)).ready()) {
            CompletableFuture<JsonObject> call = call(rest, device, "");
            Received request = tool.next();
            tool.publish(request.topic().replace("/request/", "/response/"), 0, "here");
            assertThat(answer(call).getString("payload")).isEqualTo("here");
        }
    }

    @ParameterizedTest
    @EnumSource
    void deviceWithSsTakesServiceCallsWithoutSubscribe(Client client, ThingportServer server, Rest rest, Fleet fleet)
            throws Exception {
        Device device = fleet.device();
        try (Tool tool = client.tool(server, withSs(device)).ready()) {
            CompletableFuture<JsonObject> call = call(rest, device, device.system(SERVICE));
            Received request = tool.next();
            assertThat(request.topic()).matches("/ext/rrpc/[0-9]{1,19}" + device.system(SERVICE));
            tool.publish(request.topic(), 0, "done");
            assertThat(answer(call).getString("payload")).isEqualTo("done");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PAHO_311", "HIVEMQ_5"})
    void customTopicsNeedSubscribe(Client client, ThingportServer server, Rest rest, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Tool tool = client.tool(server, withSs(device)).ready()) {
            assertThat(answer(call(rest, device, "user/get")).getString("outcome")).isEqualTo("not-subscribed");
            assertThat(rest.post(device.path() + "/messages", Json.createObjectBuilder().add("topic", "user/get")
                    .add("payload", "x").build()).json().getString("outcome")).isEqualTo("not-subscribed");
            assertThat(tool.connected()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PAHO_311", "HIVEMQ_5"})
    void unsubscribeEndsItAndSubscribeBringsItBack(Client client, ThingportServer server, Rest rest, Fleet fleet)
            throws Exception {
        Device device = fleet.device();
        try (Tool tool = client.tool(server, withSs(device)).ready()) {
            tool.unsubscribe(device.system("rrpc/request/+"));
            assertThat(answer(call(rest, device, "")).getString("outcome")).isEqualTo("not-subscribed");
            tool.subscribe(device.system("rrpc/request/+"));
            CompletableFuture<JsonObject> call = call(rest, device, "");
            tool.publish(tool.next().topic().replace("/request/", "/response/"), 0, "");
            assertThat(answer(call).getString("outcome")).isEqualTo("success");
        }
    }

    @Test
    void unsubackSaysThatThereWasASubscription(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(RawConnection.connect(5, withSs(device))).readPacket();
            raw.send(unsubscribe(device.system("rrpc/request/+")));
            assertThat(raw.readPacket()).isEqualTo("b0 04 00 0a 00 00");
            raw.send(unsubscribe(device.system("rrpc/request/+")));
            assertThat(raw.readPacket()).isEqualTo("b0 04 00 0a 00 11");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PAHO_311", "HIVEMQ_5"})
    void keptSessionRemembersIt(Client client, ThingportServer server, Rest rest, Fleet fleet) throws Exception {
        Device device = fleet.device();
        client.tool(server, withSs(device).keeping()).ready().close();
        try (Tool tool = client.tool(server, device.login().keeping()).ready()) {
            CompletableFuture<JsonObject> call = call(rest, device, "");
            tool.publish(tool.next().topic().replace("/request/", "/response/"), 0, "");
            assertThat(answer(call).getString("outcome")).isEqualTo("success");
        }
    }

    // ---- the time ----

    @ParameterizedTest
    @EnumSource
    void deviceIsToldTheTime(Client client, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        String ntp = "/ext/ntp/" + device.productKey() + "/" + device.name();
        try (Tool tool = client.tool(server, device.login()).ready(ntp + "/response")) {
            long before = System.currentTimeMillis();
            assertThat(tool.publish(ntp + "/request", 1, "{\"deviceSendTime\":\"100\"}")).isZero();
            Received reply = tool.next();
            assertThat(reply.topic()).isEqualTo(ntp + "/response");
            assertThat(reply.qos()).isZero();
            JsonObject time = json(reply);
            assertThat(time.getString("deviceSendTime")).isEqualTo("100");
            assertThat(Long.parseLong(time.getString("serverRecvTime"))).isBetween(before, System.currentTimeMillis());
            assertThat(Long.parseLong(time.getString("serverSendTime")))
                    .isGreaterThanOrEqualTo(Long.parseLong(time.getString("serverRecvTime")));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PAHO_311", "HIVEMQ_5"})
    void numbersAreAnsweredWithNumbersAndNonsenseWithNothing(Client client, ThingportServer server, Fleet fleet)
            throws Exception {
        Device device = fleet.device();
        String ntp = "/ext/ntp/" + device.productKey() + "/" + device.name();
        try (Tool tool = client.tool(server, withSs(device)).ready()) {
            assertThat(tool.publish(ntp + "/request", 1, "what time is it?")).isZero();
            tool.publish(ntp + "/request", 0, "{\"deviceSendTime\":100}");
            assertThat(json(tool.next()).getJsonNumber("deviceSendTime").longValue()).isEqualTo(100);
        }
    }

    // ---- plain success ----

    @ParameterizedTest
    @EnumSource
    void reportIsAnsweredWith200(Client client, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        String post = device.system("thing/event/property/post");
        try (Tool tool = client.tool(server, device.login()).ready(device.system("thing/event/+/post_reply"))) {
            tool.publish(post, 1, "{\"id\":\"77\",\"version\":\"1.0\",\"params\":{\"t\":21},"
                    + "\"method\":\"thing.event.property.post\"}");
            Received reply = tool.next();
            assertThat(reply.topic()).isEqualTo(post + "_reply");
            assertThat(reply.qos()).isZero();
            assertThat(reply.text()).isEqualTo("{\"code\":200,\"data\":{},\"id\":\"77\",\"message\":\"success\","
                    + "\"method\":\"thing.event.property.post\",\"version\":\"1.0\"}");
        }
    }

    @ParameterizedTest
    @CsvSource({"thing/event/mod:hot/post, thing.event.mod:hot.post", "thing/deviceinfo/update, thing.deviceinfo.update",
        "thing/deviceinfo/delete, thing.deviceinfo.delete"})
    void otherReportsAreAnsweredToo(String topic, String method, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Tool tool = Client.HIVEMQ_311.tool(server, withSs(device)).ready()) {
            tool.publish(device.system(topic), 0, "{\"id\":5}");
            Received reply = tool.next();
            assertThat(reply.topic()).isEqualTo(device.system(topic) + "_reply");
            assertThat(json(reply).getInt("id")).isEqualTo(5);
            assertThat(json(reply).getString("method")).isEqualTo(method);
        }
    }

    /** As large as a packet may be, and as deep as it can be. */
    @ParameterizedTest
    @EnumSource(names = {"PAHO_311", "HIVEMQ_5"})
    void largeAndHostileReportsAreAcknowledged(Client client, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        String post = device.system("thing/event/property/post");
        try (Tool tool = client.tool(server, withSs(device)).ready()) {
            assertThat(tool.publish(post, 1, "[".repeat(200_000))).isZero();
            assertThat(tool.publish(post, 1, "{\"params\":\"" + "x".repeat(200_000) + "\",\"id\":\"last\"}")).isZero();
            assertThat(json(tool.next()).getString("id")).isEqualTo("last");
        }
    }

    /** Accepted, and answered by nobody: the next answer is to the next question. */
    @ParameterizedTest
    @ValueSource(strings = {"/ota/device/inform/{device}", "/ota/device/progress/{device}", "/shadow/update/{device}",
        "/sys/{device}/thing/config/log/get", "/sys/{device}/thing/log/post", "/sys/{device}/_thing/diag/post"})
    void otherReportsAreAcceptedOnly(String topic, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        String own = topic.replace("{device}", device.productKey() + "/" + device.name());
        try (Tool tool = Client.PAHO_5.tool(server, withSs(device)).ready()) {
            assertThat(tool.publish(own, 1, "{\"id\":\"1\"}")).isZero();
            tool.publish(device.system("thing/event/x/post"), 0, "{\"id\":\"2\"}");
            assertThat(json(tool.next()).getString("id")).isEqualTo("2");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PAHO_311", "HIVEMQ_5"})
    void deviceThatDidNotSubscribeIsNotAnswered(Client client, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        String ntp = "/ext/ntp/" + device.productKey() + "/" + device.name();
        try (Tool tool = client.tool(server, device.login()).ready(ntp + "/response")) {
            assertThat(tool.publish(device.system("thing/event/property/post"), 1, "{\"id\":\"1\"}")).isZero();
            tool.publish(ntp + "/request", 0, "{\"deviceSendTime\":1}");
            assertThat(tool.next().topic()).isEqualTo(ntp + "/response");
        }
    }

    // ---- subscribing ----

    /** What SDKs of the vendor send, each granted at QoS 1. */
    @ParameterizedTest
    @EnumSource
    void filtersOfSdksAreGranted(Client client, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        String own = device.productKey() + "/" + device.name();
        try (Tool tool = client.tool(server, device.loginWithExt()).ready()) {
            for (String filter : new String[] {"/sys/{own}/thing/event/+/post_reply", "/sys/{own}/thing/service/#",
                "/sys/{own}/thing/service/+", "/sys/{own}/thing/config/#", "/sys/{own}/thing/config/push_reply",
                "/sys/{own}/rrpc/request/+", "/ext/rrpc/+/{own}/user/get", "/ext/rrpc/+/sys/{own}/thing/service/+",
                "/sys/{own}/thing/event/property/batch/post_reply", "/ext/ntp/{own}/response", "/shadow/get/{own}",
                "/ota/device/upgrade/{own}", "/ext/session/{own}/combine/login_reply", "/ext/error/{own}"}) {
                assertThat(tool.subscribe(filter.replace("{own}", own))).as(filter).isEqualTo(1);
            }
            assertThat(tool.subscribe("/sys/+/+/thing/service/#")).isEqualTo(client.sees(0x87, 0x80));
        }
    }

    /** Their topics have no level {@code user}. */
    @ParameterizedTest
    @EnumSource(names = {"PAHO_311", "HIVEMQ_5"})
    void firmwareOfOldProductsFindsItsTopics(Client client, ThingportServer server, Rest rest, Fleet fleet)
            throws Exception {
        Device device = fleet.device(Map.of("/get", "SUB", "/update", "PUB"));
        try (Tool tool = client.tool(server, device.login()).ready(device.topic("get"))) {
            assertThat(tool.publish(device.topic("update"), 1, "x")).isZero();
            assertThat(rest.post(device.path() + "/messages", Json.createObjectBuilder().add("topic", "get")
                    .add("payload", "light up").build()).ok().json().getString("outcome")).isEqualTo("sent");
            assertThat(tool.next().topic()).isEqualTo(device.topic("get"));
        }
    }

    private static Login withSs(Device device) {
        return device.login(SignMethod.HMACSHA256, ",_ss=1,ext=1");
    }

    /** A 5.0 UNSUBSCRIBE with packet id 10. */
    private static byte[] unsubscribe(String filter) {
        byte[] packet = RawConnection.subscribe(5, 0, filter);
        byte[] shorter = Arrays.copyOf(packet, packet.length - 1); // without options
        shorter[0] = (byte) 0xA2;
        shorter[1]--;
        return shorter;
    }

    private static JsonObject json(Received message) {
        try (var reader = Json.createReader(new StringReader(message.text()))) {
            return reader.readObject();
        }
    }

    /** @param topic empty for the system form */
    private static CompletableFuture<JsonObject> call(Rest rest, Device device, String topic) {
        var body = Json.createObjectBuilder().add("payload", "q").add("timeoutMillis", 8000);
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
