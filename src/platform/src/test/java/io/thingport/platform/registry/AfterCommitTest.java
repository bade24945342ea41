package io.thingport.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.limits.DeviceRates;
import io.thingport.platform.limits.ProductRates;
import io.thingport.platform.registry.DeviceSource.StoredAccess;
import io.thingport.platform.registry.DeviceSource.StoredDevice;
import io.thingport.platform.registry.DirectoryAnswer.Found;
import io.thingport.platform.registry.RegistryChange.Kind;
import io.thingport.platform.secrets.Secret;
import io.thingport.platform.upstream.ProductSubscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AfterCommitTest {

    private static final DeviceKey LAMP = new DeviceKey("a1AbCdEfGhI", "lamp_01");

    private final DeviceDirectory directory = new DeviceDirectory(new OneLamp(), Runnable::run, 10, DeviceRates.NONE);

    @Test
    void theDirectoryForgetsBeforeOthersAreTold() {
        List<Boolean> currentWhenTold = new ArrayList<>();
        DeviceCredentials credentials = find();
        AfterCommit afterCommit = new AfterCommit(directory,
                new FakeEvent<>(change -> currentWhenTold.add(directory.isCurrent(credentials))));

        afterCommit.device(new DeviceChange(new RegistryChange(LAMP, Kind.DISABLED)));

        assertThat(currentWhenTold).containsExactly(false);
    }

    @Test
    void changedClassesReachTheDirectory() {
        ProductAccess access = find().product();

        new AfterCommit(directory, new FakeEvent<>(change -> { })).access(new ProductAccessChange(
                LAMP.productKey(),
                new StoredAccess(1, 2, List.of(new TopicClass(5, "user/get", Operation.SUB, Optional.empty())), ProductRates.NONE,
                        ProductSubscription.NONE)));

        assertThat(access.topicClasses()).extracting(TopicClass::id).containsExactly(5L);
    }

    private DeviceCredentials find() {
        List<DirectoryAnswer> answers = new ArrayList<>();
        directory.find(LAMP, answers::add);
        return ((Found) answers.get(0)).credentials();
    }

    private static final class OneLamp implements DeviceSource {
        @Override
        public Optional<StoredDevice> device(DeviceKey key) {
            return Optional.of(new StoredDevice(7, "iot7", DeviceSecrets.of(Secret.of("0123456789abcdef")), true, true,
                    AcceptedCertificates.NONE));
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
