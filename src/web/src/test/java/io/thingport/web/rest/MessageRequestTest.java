package io.thingport.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.UserProperty;
import io.thingport.web.json.RecordReader;
import io.thingport.web.problem.FieldError;
import io.thingport.web.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageRequestTest {

    private static final DeviceKey DEVICE = new DeviceKey("pk", "device");

    private static Message message(String fields) {
        String json = fields.startsWith("{") ? fields
                : "{\"topic\": \"user/get\", \"payload\": \"hi\", " + fields + "}";
        return RecordReader.read(MessageRequest.class,
                new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))).message(DEVICE);
    }

    private static ProblemException refusal(String fields) {
        return catchThrowableOfType(ProblemException.class, () -> message(fields));
    }

    private static String[] wrongFields(String fields) {
        return refusal(fields).errors().stream().map(FieldError::field).toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user/get", "/pk/device/user/get"})
    void takesASuffixOrTheWholeTopic(String topic) {
        assertThat(message("{\"topic\": \"" + topic + "\", \"payload\": \"\"}").topic())
                .hasToString("/pk/device/user/get");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/pk/device", "/pk/device/", "/pk/device2/user/get", "/sys/pk/device/x",
            "/broadcast/pk/x", "user/+", "user/#", "user/\\u0000"})
    void refusesATopicThatIsNotTheDevices(String topic) {
        assertThat(wrongFields("{\"topic\": \"" + topic + "\", \"payload\": \"\"}")).containsExactly("topic");
    }

    @Test
    void sendsAtQos0UnlessAsked() {
        assertThat(message("\"qos\": null").qos()).isEqualTo(QoS.AT_MOST_ONCE);
        assertThat(message("\"qos\": 1").qos()).isEqualTo(QoS.AT_LEAST_ONCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "2"})
    void refusesAnyOtherQos(String qos) {
        assertThat(wrongFields("\"qos\": " + qos)).containsExactly("qos");
    }

    @Test
    void takesTextAsUtf8() {
        assertThat(message("{\"topic\": \"t\", \"payload\": \"ä\"}").payload().toByteArray())
                .isEqualTo("ä".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void takesBytesAsBase64() {
        assertThat(message("{\"topic\": \"t\", \"payloadBase64\": \"AP8=\"}").payload().toByteArray())
                .containsExactly(0, 0xFF);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"topic\": \"t\"}", "{\"topic\": \"t\", \"payload\": \"\", \"payloadBase64\": \"\"}"})
    void needsExactlyOnePayload(String json) {
        assertThat(wrongFields(json)).containsExactly("payload");
    }

    @Test
    void refusesWhatIsNotBase64() {
        assertThat(wrongFields("{\"topic\": \"t\", \"payloadBase64\": \"a b\"}")).containsExactly("payloadBase64");
    }

    @Test
    void carriesEveryProperty() {
        var properties = message("""
                "payloadFormat": 1, "messageExpiry": 4294967295, "contentType": "text/plain",
                "responseTopic": "/pk/device/user/get", "correlationData": "AQI=",
                "userProperties": [{"key": "b", "value": "1"}, {"key": "", "value": ""}]""").properties();
        assertThat(properties.payloadFormat()).hasValue(1);
        assertThat(properties.messageExpiry()).hasValue(4294967295L);
        assertThat(properties.contentType()).contains("text/plain");
        assertThat(properties.responseTopic().orElseThrow()).hasToString("/pk/device/user/get");
        assertThat(properties.correlationData().orElseThrow()).containsExactly(1, 2);
        assertThat(properties.userProperties()).containsExactly(new UserProperty("b", "1"), new UserProperty("", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "4294967296"})
    void refusesAnExpiryOutsideItsBounds(String seconds) {
        assertThat(wrongFields("\"messageExpiry\": " + seconds)).containsExactly("messageExpiry");
    }

    @Test
    void refusesBytesDeclaredAsText() {
        assertThat(wrongFields("{\"topic\": \"t\", \"payloadBase64\": \"/w==\", \"payloadFormat\": 1}"))
                .containsExactly("payloadFormat");
    }

    @Test
    void refusesAResponseTopicWithWildcardsOrBeyond128Characters() {
        assertThat(wrongFields("\"responseTopic\": \"/a/+\"")).containsExactly("responseTopic");
        assertThat(wrongFields("\"responseTopic\": \"" + "ä".repeat(129) + "\"")).containsExactly("responseTopic");
        assertThat(message("\"responseTopic\": \"" + "ä".repeat(128) + "\"").properties().responseTopic())
                .isPresent();
    }

    @Test
    void countsCorrelationDataInBytes() {
        assertThat(message("\"correlationData\": \"" + base64(128) + "\"").properties().correlationData())
                .isPresent();
        assertThat(wrongFields("\"correlationData\": \"" + base64(129) + "\"")).containsExactly("correlationData");
    }

    @Test
    void refusesMoreThan20UserProperties() {
        assertThat(message(properties(20)).properties().userProperties()).hasSize(20);
        assertThat(wrongFields(properties(21))).containsExactly("userProperties");
    }

    @Test
    void refusesAUserPropertyOfTheServersOwn() {
        assertThat(wrongFields("\"userProperties\": [{\"key\": \"_a\", \"value\": \"\"}]"))
                .containsExactly("userProperties[0].key");
    }

    @Test
    void countsKeyAndValueOfAUserPropertyTogetherInCodePoints() {
        String value = "😀".repeat(127);
        assertThat(message("\"userProperties\": [{\"key\": \"k\", \"value\": \"" + value + "\"}]").properties()
                .userProperties()).hasSize(1);
        assertThat(wrongFields("\"userProperties\": [{\"key\": \"kk\", \"value\": \"" + value + "\"}]"))
                .containsExactly("userProperties[0]");
    }

    @Test
    void refusesTheNullCharacterInMqttStrings() {
        assertThat(wrongFields("\"contentType\": \"\\u0000\"")).containsExactly("contentType");
        assertThat(wrongFields("\"userProperties\": [{\"key\": \"k\", \"value\": \"\\u0000\"}]"))
                .containsExactly("userProperties[0]");
    }

    @Test
    void namesEveryWrongFieldAtOnce() {
        assertThat(wrongFields("{\"topic\": \"\", \"qos\": 3, \"payloadFormat\": 2, \"messageExpiry\": -1}"))
                .containsExactly("topic", "qos", "payload", "payloadFormat", "messageExpiry");
    }

    private static String base64(int bytes) {
        return Base64.getEncoder().encodeToString(new byte[bytes]);
    }

    private static String properties(int count) {
        return "\"userProperties\": " + IntStream.range(0, count).mapToObj(i -> "{\"key\": \"k\", \"value\": \"v\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }
}
