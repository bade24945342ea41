package io.thingport.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.MqttVersion;
import io.thingport.platform.registry.Device;
import io.thingport.platform.session.ConnectionInfo;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveDeviceTest {

    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Optional<Instant> ACTIVATED = Optional.of(CREATED.plusSeconds(1));
    private static final Optional<Instant> ONLINE = Optional.of(CREATED.plusSeconds(2));
    private static final Optional<Instant> OFFLINE = Optional.of(CREATED.plusSeconds(3));
    private static final Optional<Instant> NEVER = Optional.empty();
    private static final ConnectionInfo CONNECTION =
            new ConnectionInfo(CREATED.plusSeconds(4), "192.0.2.2", MqttVersion.V3_1_1, 60, false);

    @Test
    void aDeviceThatNeverConnectedIsUnactive() {
        LiveDevice device = new LiveDevice(device(true, NEVER, NEVER, NEVER), Optional.empty());

        assertThat(device.state()).isEqualTo(DeviceState.UNACTIVE);
        assertThat(device.lastChange()).isEmpty();
        assertThat(device.lastEvent()).isEqualTo(CREATED);
    }

    @Test
    void aDeviceWithAConnectionIsOnlineThoughTheRegistryDoesNotKnowYet() {
        LiveDevice device = new LiveDevice(device(true, NEVER, NEVER, NEVER), Optional.of(CONNECTION));

        assertThat(device.state()).isEqualTo(DeviceState.ONLINE);
        assertThat(device.lastOnline()).contains(CONNECTION.since());
        assertThat(device.activatedAt()).contains(CONNECTION.since());
        assertThat(device.lastChange()).contains(CONNECTION.since());
        assertThat(device.address()).contains("192.0.2.2");
    }

    @Test
    void aDeviceWhoseConnectionEndedIsOffline() {
        LiveDevice device = new LiveDevice(device(true, ACTIVATED, ONLINE, OFFLINE), Optional.empty());

        assertThat(device.state()).isEqualTo(DeviceState.OFFLINE);
        assertThat(device.lastOnline()).isEqualTo(ONLINE);
        assertThat(device.lastChange()).isEqualTo(OFFLINE);
        assertThat(device.address()).contains("192.0.2.1");
    }

    @Test
    void aDisabledDeviceIsThatFirst() {
        LiveDevice device = new LiveDevice(device(false, ACTIVATED, ONLINE, OFFLINE), Optional.of(CONNECTION));

        assertThat(device.state()).isEqualTo(DeviceState.DISABLE);
    }

    private static Device device(boolean enabled, Optional<Instant> activated, Optional<Instant> online,
            Optional<Instant> offline) {
        return new Device(new DeviceKey("a1lamp", "lamp_1"), "id", Optional.empty(), enabled, CREATED, activated, online,
                offline, online.map(time -> "192.0.2.1"));
    }
}
