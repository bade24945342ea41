package io.thingport.platform.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.DeviceKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConnectRatesTest {

    private long now;
    private final ConnectRates rates = new ConnectRates(2, 3, () -> now);

    @Test
    void ofTooManyDevicesTheOneLongestAgoBeginsAnew() {
        for (int i = 1; i <= 4; i++) {
            take(i);
            take(i);
        }
        assertThat(rates.size()).isEqualTo(3);
        assertThat(take(4)).isFalse();
        assertThat(take(1)).isTrue();
    }

    @Test
    void whoCameLongAgoIsForgotten() {
        take(1);
        take(2);
        now += Duration.ofMinutes(2).toNanos();
        take(3);
        assertThat(rates.size()).isEqualTo(1);
    }

    private boolean take(int device) {
        return rates.take(new DeviceKey("a1Qx7Lm2Zt9", "lamp_" + device));
    }
}
