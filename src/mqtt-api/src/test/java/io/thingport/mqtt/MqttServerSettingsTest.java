package io.thingport.mqtt;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.mqtt.ListenerSettings.ClientCertificate;
import io.thingport.mqtt.ListenerSettings.Transport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MqttServerSettingsTest {

    @Test
    void anOutOfBoundsValueIsNamedWithItsBounds() {
        assertThatThrownBy(() -> new ListenerSettings("main", "0.0.0.0", 65_536, Transport.TCP, ClientCertificate.NONE, false,
                List.of())).hasMessage("port: 65536 is not in 1..65535");
        assertThatThrownBy(() -> new MqttServerSettings(List.of(), TlsSettings.DEFAULTS, 0, Duration.ofSeconds(1), 65_536, 65_536, 10_000,
                65_536, 100, 100, 20, 65_536)).hasMessage("loops: 0 is not in 1..256");
    }

    @Test
    void oneConnectFitsIntoWhatAllMayHold() {
        assertThatThrownBy(() -> new MqttServerSettings(List.of(), TlsSettings.DEFAULTS, 1, Duration.ofSeconds(1), 65_536, 65_535, 10_000,
                65_536, 100, 100, 20, 65_536)).hasMessage("unauthenticatedMaximum: 65535 is not in 65536..2147483647");
    }

    @Test
    void connectsNeedTime() {
        assertThatThrownBy(() -> new MqttServerSettings(List.of(), TlsSettings.DEFAULTS, 1, Duration.ZERO, 65_536, 65_536, 10_000, 65_536,
                100, 100, 20, 65_536)).hasMessage("connectTimeout: PT0S is not positive");
    }
}
