package io.thingport.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.TopicName;
import io.thingport.mqtt.UserProperty;
import io.thingport.platform.upstream.UpstreamKind;
import io.thingport.platform.upstream.UpstreamMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.message.Message;
import org.junit.jupiter.api.Test;

/** What is written is read with another implementation of AMQP. */
class MessageFormatTest {

    private static final DeviceKey DEVICE = new DeviceKey("a1AbCdEf", "lamp");

    private final MessageFormat format = new MessageFormat();

    @Test
    void aMessageIsDurableAndItsMessageIdIsTheOneOfTheApplicationProperties() {
        Message read = read(message(PublishProperties.NONE, new byte[0]));

        assertThat(read.isDurable()).isTrue();
        assertThat(read.getMessageId()).isEqualTo("1234567890123456789");
        assertThat(read.getContentType()).as("a text type would make it a text message").isNull();
    }

    @Test
    void withoutPropertiesOfTheDeviceThereAreFourEntries() {
        assertThat(entries(message(PublishProperties.NONE, new byte[0]))).containsExactly(
                Map.entry("topic", "/a1AbCdEf/lamp/user/up"),
                Map.entry("messageId", "1234567890123456789"),
                Map.entry("generateTime", 1_700_000_000_123L),
                Map.entry("qos", 1));
    }

    @Test
    void thePayloadIsOneDataSectionOfTheSameBytes() {
        for (int size : List.of(0, 1, 255, 256, 70_000)) {
            byte[] payload = new byte[size];
            Arrays.fill(payload, (byte) 0xc5);

            Data body = (Data) read(message(PublishProperties.NONE, payload)).getBody();

            assertThat(body.getValue().getLength()).isEqualTo(size);
            assertThat(body.getValue().getArray()).containsSequence(payload);
        }
    }

    @Test
    void thePropertiesOfThePublishAreEntriesWithSignedNumbersAndBase64() {
        PublishProperties properties = new PublishProperties(OptionalInt.of(1), OptionalLong.of(4_294_967_295L),
                Optional.of("text/plain"), Optional.of(TopicName.of("/a1AbCdEf/lamp/user/answer")),
                Optional.of(new byte[] { 0, 1, (byte) 0xfe }), List.of());

        assertThat(entries(message(properties, new byte[0])))
                .containsEntry("ResponseTopic", "/a1AbCdEf/lamp/user/answer")
                .containsEntry("CorrelationData", "AAH+")
                .containsEntry("ContentType", "text/plain")
                .containsEntry("PayloadFormatIndicator", 1)
                .containsEntry("MessageExpiryInterval", 4_294_967_295L)
                .hasSize(9);
    }

    @Test
    void aUserPropertyIsAnEntryOfItsOwnTheFirstOfSeveralAndAllAreInOne() {
        assertThat(entries(message(user("a", "1", "b", "", "a", "2"), new byte[0])))
                .containsEntry("a", "1")
                .containsEntry("b", "")
                .containsEntry("UserProperty",
                        "[{\"Key\":\"a\",\"Value\":\"1\"},{\"Key\":\"b\",\"Value\":\"\"},{\"Key\":\"a\",\"Value\":\"2\"}]");
    }

    @Test
    void aUserPropertyCannotTakeANameOfOurs() {
        assertThat(entries(message(user("topic", "false", "UserProperty", "x", "ResponseTopic", "y"), new byte[0])))
                .containsEntry("topic", "/a1AbCdEf/lamp/user/up")
                .doesNotContainKey("ResponseTopic")
                .containsEntry("UserProperty", "[{\"Key\":\"topic\",\"Value\":\"false\"},{\"Key\":\"UserProperty\","
                        + "\"Value\":\"x\"},{\"Key\":\"ResponseTopic\",\"Value\":\"y\"}]");
    }

    @Test
    void userPropertiesAreEscapedInTheJson() {
        assertThat(entries(message(user("q\"\\", "\n\u0001温"), new byte[0])))
                .containsEntry("UserProperty", "[{\"Key\":\"q\\\"\\\\\",\"Value\":\"\\u000a\\u0001温\"}]");
    }

    @Test
    void textsLongerThan255BytesStayWhole() {
        String text = "温".repeat(200);

        assertThat(entries(message(user("long", text), new byte[0]))).containsEntry("long", text);
    }

    private Map<String, Object> entries(UpstreamMessage message) {
        return read(message).getApplicationProperties().getValue();
    }

    private Message read(UpstreamMessage message) {
        byte[] encoded = format.encode(message);
        Message read = Message.Factory.create();
        read.decode(encoded, 0, encoded.length);
        return read;
    }

    private static PublishProperties user(String... keysAndValues) {
        List<UserProperty> properties = new ArrayList<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.add(new UserProperty(keysAndValues[i], keysAndValues[i + 1]));
        }
        return new PublishProperties(OptionalInt.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), properties);
    }

    private static UpstreamMessage message(PublishProperties properties, byte[] payload) {
        return new UpstreamMessage(1_234_567_890_123_456_789L, UpstreamKind.DATA, DEVICE, List.of("g"),
                "/a1AbCdEf/lamp/user/up", QoS.AT_LEAST_ONCE, 1_700_000_000_123L, properties, payload);
    }
}
