package io.thingport.platform.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.TopicName;
import io.thingport.platform.access.TopicAddress;
import jakarta.json.spi.JsonProvider;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionsTest {

    private static final String NTP = "/ext/ntp/a1Qx7Lm2Zt9/lamp_01/request";
    private static final String POST = "/sys/a1Qx7Lm2Zt9/lamp_01/thing/event/property/post";

    private final Functions functions = new Functions(JsonProvider.provider(),
            Clock.fixed(Instant.ofEpochMilli(1010), ZoneOffset.UTC));

    // ---- which topics ----

    @ParameterizedTest
    @CsvSource({
        NTP + ", /ext/ntp/a1Qx7Lm2Zt9/lamp_01/response",
        POST + ", " + POST + "_reply",
        "/sys/a1Qx7Lm2Zt9/lamp_01/thing/event/hot/post, /sys/a1Qx7Lm2Zt9/lamp_01/thing/event/hot/post_reply",
        "/sys/a1Qx7Lm2Zt9/lamp_01/thing/event/mod:hot/post, /sys/a1Qx7Lm2Zt9/lamp_01/thing/event/mod:hot/post_reply",
        "/sys/a1Qx7Lm2Zt9/lamp_01/thing/deviceinfo/update, /sys/a1Qx7Lm2Zt9/lamp_01/thing/deviceinfo/update_reply",
        "/sys/a1Qx7Lm2Zt9/lamp_01/thing/deviceinfo/delete, /sys/a1Qx7Lm2Zt9/lamp_01/thing/deviceinfo/delete_reply"})
    void theseTopicsAreAnswered(String request, String reply) {
        assertThat(answered(request).map(AnsweredTopic::reply)).contains(TopicName.of(reply));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ext/ntp/a1Qx7Lm2Zt9/lamp_01/response", "/ext/ntp/a1Qx7Lm2Zt9/lamp_01/request/more",
        "/ext/session/a1Qx7Lm2Zt9/lamp_01/request", "/sys/a1Qx7Lm2Zt9/lamp_01/thing/event/post",
        "/sys/a1Qx7Lm2Zt9/lamp_01/thing/event//post", "/sys/a1Qx7Lm2Zt9/lamp_01/thing/event/a/b/post",
        "/sys/a1Qx7Lm2Zt9/lamp_01/thing/event/property/post_reply", "/sys/a1Qx7Lm2Zt9/lamp_01/thing/service/x",
        "/sys/a1Qx7Lm2Zt9/lamp_01/thing/deviceinfo/get", "/ota/device/inform/a1Qx7Lm2Zt9/lamp_01",
        "/ota/device/progress/a1Qx7Lm2Zt9/lamp_01", "/shadow/update/a1Qx7Lm2Zt9/lamp_01",
        "/sys/a1Qx7Lm2Zt9/lamp_01/thing/config/log/get", "/sys/a1Qx7Lm2Zt9/lamp_01/thing/log/post",
        "/a1Qx7Lm2Zt9/lamp_01/user/thing/event/property/post", "/a1Qx7Lm2Zt9/lamp_01/user/request"})
    void othersAreNot(String topic) {
        assertThat(answered(topic)).isEmpty();
    }

    // ---- the time ----

    @Test
    void aStringIsAnsweredWithStrings() {
        assertThat(reply(NTP, "{\"deviceSendTime\":\"100\"}")).contains(
                "{\"deviceSendTime\":\"100\",\"serverRecvTime\":\"1010\",\"serverSendTime\":\"1010\"}");
    }

    @Test
    void aNumberIsAnsweredWithNumbers() {
        assertThat(reply(NTP, "{ \"version\" : \"1.0\", \"deviceSendTime\" : 1571724098000 }")).contains(
                "{\"deviceSendTime\":1571724098000,\"serverRecvTime\":1010,\"serverSendTime\":1010}");
    }

    @Test
    void aNumberIsEchoedAsItWasSent() {
        assertThat(reply(NTP, "{\"deviceSendTime\":1.60e+12}").orElseThrow()).startsWith("{\"deviceSendTime\":1.60e+12,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "100", "\"100\"", "[100]", "null", "{\"deviceSendTime\":null}",
        "{\"deviceSendTime\":true}", "{\"deviceSendTime\":\"\"}", "{\"deviceSendTime\":\"now\"}",
        "{\"deviceSendTime\":\"-1\"}", "{\"deviceSendTime\":\"12345678901234567890\"}",
        "{\"deviceSendTime\":123456789012345678901234567890123}", "{\"deviceSendTime\":[1]}",
        "{\"deviceSendTime\":{\"deviceSendTime\":1}}", "{\"x\":{\"deviceSendTime\":1}}", "{\"deviceSendTime\":1",
        "{\"deviceSendTime\":1}}", "{\"deviceSendTime\":1} 2", "{deviceSendTime:1}", "{\"deviceSendTime\":01}"})
    void anythingElseIsNotAnswered(String request) {
        assertThat(reply(NTP, request)).isEmpty();
    }

    @Test
    void aRequestForTheTimeHas1024BytesAtMost() {
        String request = "{\"deviceSendTime\":1}";
        assertThat(reply(NTP, request + " ".repeat(1024 - request.length()))).isPresent();
        assertThat(reply(NTP, request + " ".repeat(1025 - request.length()))).isEmpty();
    }

    // ---- reports ----

    @Test
    void aReportIsAnsweredWith200() {
        assertThat(reply(POST, "{\"id\":\"1\",\"version\":\"1.0\",\"params\":{\"id\":{\"value\":23.6}},"
                + "\"method\":\"thing.event.property.post\"}")).contains(
                "{\"code\":200,\"data\":{},\"id\":\"1\",\"message\":\"success\",\"method\":\"thing.event.property.post\","
                        + "\"version\":\"1.0\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1\"", "1", "4294967295", "-1.50E+3", "\"text \\\"quoted\\\"\"", "true", "null", "\"\"", "\"灯\"",
        "\"a\\nb\""})
    void theIdIsEchoedWhateverItIs(String id) {
        assertThat(reply(POST, "{\"params\":[],\"id\":" + id + "}").orElseThrow()).contains("\"id\":" + id + ",\"message\"");
    }

    @Test
    void aMethodThatIsNotGivenIsThatOfTheTopic() {
        assertThat(reply("/sys/a1Qx7Lm2Zt9/lamp_01/thing/event/mod:hot/post", "{\"id\":1}").orElseThrow())
                .contains("\"method\":\"thing.event.mod:hot.post\"");
    }

    @Test
    void aMethodThatIsNoTextIsThatOfTheTopic() {
        assertThat(reply(POST, "{\"id\":1,\"method\":7}").orElseThrow())
                .contains("\"method\":\"thing.event.property.post\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "{}", "[]", "[{\"id\":1}]", "{\"params\":{\"id\":1}}", "{\"id\":{}}", "{\"id\":[1]}",
        "{\"id\":1,}", "{\"id\":1} {\"id\":2}", "{'id':1}", "{\"id\":NaN}", "\uFEFF{\"id\":1}"})
    void whatIsNoReportIsNotAnswered(String request) {
        assertThat(reply(POST, request)).isEmpty();
    }

    @Test
    void anIdHas1024CharactersAtMost() {
        assertThat(reply(POST, "{\"id\":\"" + "x".repeat(1022) + "\"}")).isPresent();
        assertThat(reply(POST, "{\"id\":\"" + "x".repeat(1023) + "\"}")).isEmpty();
    }

    private Optional<AnsweredTopic> answered(String topic) {
        TopicName name = TopicName.of(topic);
        return functions.of(name, TopicAddress.of(name).orElseThrow());
    }

    private Optional<String> reply(String topic, String request) {
        return answered(topic).orElseThrow().function().reply(request.getBytes(StandardCharsets.UTF_8))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
}
