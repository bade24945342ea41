package io.thingport.platform.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.QoS;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Topics and JSON to the letter. */
class DeviceNoticesTest {

    private static final Instant WHEN = Instant.parse("2018-08-31T07:32:28.205Z");
    private static final DeviceNotices.About LAMP = new DeviceNotices.About(new DeviceKey("a1Qx7Lm2Zt9", "lamp_01"),
            "4z819VQHk6VSLmmBJfrf00107ee200", List.of("g1", "g2"));

    private final DeviceNotices notices = new DeviceNotices(ZoneId.of("UTC+8"));

    @Test
    void online() {
        UpstreamMessage message = notices.online(7, LAMP, WHEN, "192.0.2.1");

        assertThat(message.payload()).asString(StandardCharsets.UTF_8).isEqualTo("{\"status\":\"online\","
                + "\"iotId\":\"4z819VQHk6VSLmmBJfrf00107ee200\","
                + "\"productKey\":\"a1Qx7Lm2Zt9\",\"deviceName\":\"lamp_01\","
                + "\"time\":\"2018-08-31 15:32:28.205\",\"utcTime\":\"2018-08-31T07:32:28.205Z\","
                + "\"lastTime\":\"2018-08-31 15:32:28.205\",\"utcLastTime\":\"2018-08-31T07:32:28.205Z\","
                + "\"clientIp\":\"192.0.2.1\"}");
    }

    @Test
    void offline() {
        UpstreamMessage message = notices.offline(7, LAMP, OfflineReason.TAKEN_OVER, WHEN, WHEN.minusSeconds(2),
                "192.0.2.1");

        assertThat(message.payload()).asString(StandardCharsets.UTF_8).isEqualTo("{\"status\":\"offline\","
                + "\"iotId\":\"4z819VQHk6VSLmmBJfrf00107ee200\",\"offlineReasonCode\":427,"
                + "\"productKey\":\"a1Qx7Lm2Zt9\",\"deviceName\":\"lamp_01\","
                + "\"time\":\"2018-08-31 15:32:28.205\",\"utcTime\":\"2018-08-31T07:32:28.205Z\","
                + "\"lastTime\":\"2018-08-31 15:32:26.205\",\"utcLastTime\":\"2018-08-31T07:32:26.205Z\","
                + "\"clientIp\":\"192.0.2.1\"}");
    }

    @Test
    void aStatusMessageIsAtQos1AndHasNoProperties() {
        UpstreamMessage message = notices.online(7, LAMP, WHEN, "192.0.2.1");

        assertThat(message.id()).isEqualTo(7);
        assertThat(message.kind()).isEqualTo(UpstreamKind.STATUS);
        assertThat(message.topic()).isEqualTo("/as/mqtt/status/a1Qx7Lm2Zt9/lamp_01");
        assertThat(message.groups()).containsExactly("g1", "g2");
        assertThat(message.generatedAt()).isEqualTo(WHEN.toEpochMilli());
        assertThat(message.qos()).isEqualTo(QoS.AT_LEAST_ONCE);
        assertThat(message.properties()).isEqualTo(PublishProperties.NONE);
    }

    @Test
    void create() {
        UpstreamMessage message = notices.lifecycle(7, LAMP, DeviceNotices.Action.CREATE,
                Optional.of("7f3c9a5e1b8d4260a7c5e3f19b2d8640"), WHEN);

        assertThat(message.kind()).isEqualTo(UpstreamKind.LIFECYCLE);
        assertThat(message.topic()).isEqualTo("/a1Qx7Lm2Zt9/lamp_01/thing/lifecycle");
        assertThat(message.payload()).asString(StandardCharsets.UTF_8).isEqualTo("{\"action\":\"create\","
                + "\"iotId\":\"4z819VQHk6VSLmmBJfrf00107ee200\","
                + "\"productKey\":\"a1Qx7Lm2Zt9\",\"deviceName\":\"lamp_01\","
                + "\"deviceSecret\":\"7f3c9a5e1b8d4260a7c5e3f19b2d8640\",\"messageCreateTime\":1535700748205}");
    }

    @Test
    void delete() {
        UpstreamMessage message = notices.lifecycle(7, LAMP, DeviceNotices.Action.DELETE, Optional.empty(), WHEN);

        assertThat(message.payload()).asString(StandardCharsets.UTF_8)
                .startsWith("{\"action\":\"delete\",").contains("\"deviceSecret\":\"\",");
    }
}
