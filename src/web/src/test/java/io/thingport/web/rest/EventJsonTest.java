package io.thingport.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.TopicName;
import io.thingport.mqtt.UserProperty;
import io.thingport.platform.upstream.UpstreamKind;
import io.thingport.platform.upstream.UpstreamMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EventJsonTest {

    @Test
    void aMessageHasItsFieldsInOneLine() {
        assertThat(EventJson.of(message(PublishProperties.NONE, "two\nlines \"quoted\"".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("{\"productKey\":\"a1Qx7Lm2Zt9\",\"deviceName\":\"lamp_01\",\"topic\":\"/t\",\"messageId\":\"7\","
                        + "\"generateTime\":1700000000000,\"qos\":1,\"payload\":\"two\\nlines \\\"quoted\\\"\"}");
    }

    @Test
    void aPayloadThatIsNoTextIsBase64() {
        assertThat(EventJson.of(message(PublishProperties.NONE, new byte[] {(byte) 0xFF, 0})))
                .endsWith("\"payloadBase64\":\"/wA=\"}");
    }

    @Test
    void propertiesHaveTheirNames() {
        PublishProperties properties = new PublishProperties(OptionalInt.of(1), OptionalLong.of(60),
                Optional.of("text/plain"), Optional.of(TopicName.of("/a/b")),
                Optional.of("7".getBytes(StandardCharsets.UTF_8)),
                List.of(new UserProperty("k", "1"), new UserProperty("k", "2")));
        assertThat(EventJson.of(message(properties, new byte[0]))).endsWith("\"payload\":\"\",\"ResponseTopic\":\"/a/b\","
                + "\"CorrelationData\":\"Nw==\",\"ContentType\":\"text/plain\",\"PayloadFormatIndicator\":1,"
                + "\"MessageExpiryInterval\":60,\"UserProperty\":[{\"Key\":\"k\",\"Value\":\"1\"},{\"Key\":\"k\",\"Value\":\"2\"}]}");
    }

    @Test
    void aGapTellsHowManyAreMissingIfThatIsKnown() {
        assertThat(EventJson.gap(OptionalLong.of(3))).isEqualTo("{\"missed\":3}");
        assertThat(EventJson.gap(OptionalLong.empty())).isEqualTo("{}");
    }

    private static UpstreamMessage message(PublishProperties properties, byte[] payload) {
        return new UpstreamMessage(7, UpstreamKind.DATA, new DeviceKey("a1Qx7Lm2Zt9", "lamp_01"), List.of(), "/t",
                QoS.AT_LEAST_ONCE, 1_700_000_000_000L, properties, payload);
    }
}
