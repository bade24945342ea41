package io.thingport.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.limits.DeviceRates;
import io.thingport.platform.limits.ProductRates;
import io.thingport.platform.registry.AcceptedCertificates;
import io.thingport.platform.registry.DeviceDirectory;
import io.thingport.platform.registry.DeviceSecrets;
import io.thingport.platform.registry.DeviceSource;
import io.thingport.platform.registry.Fingerprint;
import io.thingport.platform.secrets.Secret;
import io.thingport.platform.upstream.ProductSubscription;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PskKeysTest {

    private static final DeviceKey LAMP = new DeviceKey("a1Qx7Lm2Zt9", "lamp_01");
    private static final String IDENTITY = "devicename|hmacsha256|a1Qx7Lm2Zt9&lamp_01|2524608000000";
    private static final String KEY = "97FB7C1F9003C6DC8B2728ADAE278AC5BA301B29F8C1F0AB62658CB80170C74B";
    private static final DeviceSecrets SECRETS = new DeviceSecrets(Secret.of("7f3c9a5e1b8d4260a7c5e3f19b2d8640"),
            Optional.of(new DeviceSecrets.Previous(Secret.of("0123456789abcdef"), Instant.MAX)), List.of());

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final PskKeys keys = new PskKeys(new DeviceDirectory(new OneLamp(), tasks::add, 10, DeviceRates.NONE));

    @Test
    void aDeviceHasTheKeyOfItsPresentSecret() {
        CompletableFuture<Optional<byte[]>> key = key(IDENTITY);
        tasks.remove().run();

        assertThat(text(key)).contains(KEY);
    }

    @Test
    void aKnownDeviceHasItsKeyAtOnce() {
        key(IDENTITY);
        tasks.remove().run();

        assertThat(text(key(IDENTITY))).contains(KEY);
    }

    @Test
    void nobodyHasNoKey() {
        CompletableFuture<Optional<byte[]>> key = key("devicename|hmacsha256|a1Qx7Lm2Zt9&lamp_02|2524608000000");
        tasks.remove().run();

        assertThat(text(key)).isEmpty();
        assertThat(text(key("lamp_01"))).isEmpty();
    }

    @Test
    void onlySoManyAreLookedUpAtATime() {
        for (int i = 0; i < PskKeys.LOOK_UPS_MAXIMUM; i++) {
            assertThat(key("devicename|hmacsha256|a1Qx7Lm2Zt9&none_" + i + "|1")).isNotDone();
        }
        assertThat(text(key("devicename|hmacsha256|a1Qx7Lm2Zt9&none_x|1"))).isEmpty();

        tasks.remove().run();

        assertThat(key("devicename|hmacsha256|a1Qx7Lm2Zt9&none_x|1")).isNotDone();
    }

    private CompletableFuture<Optional<byte[]>> key(String identity) {
        return keys.key(identity).toCompletableFuture();
    }

    private static Optional<String> text(CompletableFuture<Optional<byte[]>> key) {
        assertThat(key).isDone();
        return key.join().map(bytes -> new String(bytes, StandardCharsets.US_ASCII));
    }

    private static final class OneLamp implements DeviceSource {

        @Override
        public Optional<StoredDevice> device(DeviceKey key) {
            return key.equals(LAMP) ? Optional.of(new StoredDevice(7, "iot7", SECRETS, true, true,
                    AcceptedCertificates.NONE)) : Optional.empty();
        }

        @Override
        public Optional<DeviceKey> owner(Fingerprint certificate) {
            return Optional.empty();
        }

        @Override
        public Optional<StoredAccess> access(String productKey) {
            return Optional.of(new StoredAccess(1, 1, List.of(), ProductRates.NONE, ProductSubscription.NONE));
        }
    }
}
