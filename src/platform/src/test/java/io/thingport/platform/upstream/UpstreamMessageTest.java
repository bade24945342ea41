package io.thingport.platform.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.UserProperty;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class UpstreamMessageTest {

    @Test
    void aLongContentTypeWeighsWhatItHolds() {
        assertThat(message(properties(Optional.of("x".repeat(60_000)), List.of())).weight())
                .isGreaterThan(message(PublishProperties.NONE).weight() + 60_000);
    }

    @Test
    void userPropertiesWeighWhatTheyHold() {
        assertThat(message(properties(Optional.empty(), List.of(new UserProperty("key", "v".repeat(100))))).weight())
                .isGreaterThan(message(PublishProperties.NONE).weight() + 100);
    }

    private static PublishProperties properties(Optional<String> contentType, List<UserProperty> userProperties) {
        return new PublishProperties(OptionalInt.empty(), OptionalLong.empty(), contentType, Optional.empty(),
                Optional.empty(), userProperties);
    }

    private static UpstreamMessage message(PublishProperties properties) {
        return new UpstreamMessage(1, UpstreamKind.DATA, new DeviceKey("a1AbCdEf", "lamp"), List.of("g"),
                "/a1AbCdEf/lamp/user/up", QoS.AT_LEAST_ONCE, 0, properties, new byte[0]);
    }
}
