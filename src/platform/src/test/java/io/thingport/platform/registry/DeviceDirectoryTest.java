package io.thingport.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.limits.DeviceRates;
import io.thingport.platform.limits.ProductRates;
import io.thingport.platform.registry.DeviceSource.StoredAccess;
import io.thingport.platform.registry.DeviceSource.StoredDevice;
import io.thingport.platform.registry.DirectoryAnswer.Found;
import io.thingport.platform.registry.DirectoryAnswer.Unavailable;
import io.thingport.platform.registry.DirectoryAnswer.Unknown;
import io.thingport.platform.secrets.Secret;
import io.thingport.platform.upstream.ProductSubscription;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeviceDirectoryTest {

    private static final String PRODUCT = "a1AbCdEfGhI";
    private static final DeviceKey LAMP = new DeviceKey(PRODUCT, "lamp_01");
    private static final TopicClass GET = new TopicClass(1, "user/get", Operation.SUB, Optional.empty());
    private static final TopicClass UPDATE = new TopicClass(2, "user/update", Operation.PUB, Optional.empty());
    private static final Fingerprint CERTIFICATE = new Fingerprint("ab".repeat(32));

    private final Stored stored = new Stored();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<DirectoryAnswer> answers = new ArrayList<>();
    private boolean executorFull;
    private final DeviceDirectory directory = new DeviceDirectory(stored, this::execute, 100, DeviceRates.NONE);

    @BeforeEach
    void register() {
        stored.devices.put(LAMP, device(true));
        stored.products.put(PRODUCT, new StoredAccess(1, 1, List.of(GET), ProductRates.NONE, ProductSubscription.NONE));
    }

    @Test
    void anAnswerThatIsNotKnownYetComesFromTheExecutor() {
        find();
        assertThat(answers).isEmpty();

        runTasks();
        assertThat(credentials().secrets()).isEqualTo(device(true).secrets());
        assertThat(credentials().product().topicClasses()).containsExactly(GET);
    }

    @Test
    void aKnownDeviceIsAnsweredAtOnceWithoutAsking() {
        findNow();
        find();

        assertThat(answers).hasSize(2);
        assertThat(stored.reads).isEqualTo(1);
    }

    @Test
    void allWhoAskAtTheSameTimeShareOneLookUp() {
        find();
        find();
        find();
        runTasks();

        assertThat(answers).hasSize(3).allMatch(Found.class::isInstance);
        assertThat(stored.reads).isEqualTo(1);
    }

    @Test
    void anUnknownDeviceIsAskedForAgain() {
        stored.devices.clear();
        findNow();
        stored.devices.put(LAMP, device(true));
        findNow();

        assertThat(answers.get(0)).isInstanceOf(Unknown.class);
        assertThat(answers.get(1)).isInstanceOf(Found.class);
    }

    @Test
    void aFailingDatabaseMeansThatNobodyKnows() {
        stored.away = true;
        findNow();

        assertThat(answers).hasSize(1).allMatch(Unavailable.class::isInstance);
        assertThat(directory.unavailable()).isEqualTo(1);
    }

    @Test
    void aFailureIsNotRemembered() {
        stored.away = true;
        findNow();
        stored.away = false;
        findNow();

        assertThat(answers.get(1)).isInstanceOf(Found.class);
    }

    @Test
    void aFullExecutorMeansThatNobodyKnows() {
        executorFull = true;
        find();

        assertThat(answers).hasSize(1).allMatch(Unavailable.class::isInstance);
        assertThat(directory.unavailable()).isEqualTo(1);
    }

    @Test
    void whatIsKnownIsAnsweredWhileTheExecutorIsFull() {
        findNow();
        executorFull = true;
        find();

        assertThat(answers.get(1)).isInstanceOf(Found.class);
    }

    @Test
    void aChangedDeviceIsReadAgain() {
        findNow();
        stored.devices.put(LAMP, device(false));
        directory.deviceChanged(LAMP);
        findNow();

        assertThat(credentials().enabled()).isFalse();
    }

    @Test
    void aChangeDuringTheLookUpIsSeen() {
        stored.duringRead = () -> {
            stored.devices.put(LAMP, device(false));
            directory.deviceChanged(LAMP);
        };
        findNow();

        assertThat(credentials().enabled()).isFalse();
        assertThat(stored.reads).isEqualTo(2);
    }

    @Test
    void aDeletionDuringTheLookUpIsSeen() {
        stored.duringRead = () -> {
            stored.devices.clear();
            directory.deviceChanged(LAMP);
        };
        findNow();

        assertThat(answers).hasSize(1).allMatch(Unknown.class::isInstance);
    }

    @Test
    void credentialsAreCurrentUntilTheDeviceChanges() {
        findNow();
        assertThat(directory.isCurrent(credentials())).isTrue();

        directory.deviceChanged(LAMP);
        assertThat(directory.isCurrent(credentials())).isFalse();
    }

    @Test
    void devicesOfAProductShareOneAccess() {
        DeviceKey other = new DeviceKey(PRODUCT, "lamp_02");
        stored.devices.put(other, device(true));
        findNow();
        ProductAccess first = credentials().product();
        directory.find(other, answers::add);
        runTasks();

        assertThat(credentials().product()).isSameAs(first);
    }

    @Test
    void aChangeOfClassesReachesThoseWhoHoldTheAccess() {
        findNow();
        ProductAccess access = credentials().product();
        List<TopicClass> before = access.topicClasses();
        directory.accessChanged(PRODUCT, new StoredAccess(1, 2, List.of(GET, UPDATE), ProductRates.NONE, ProductSubscription.NONE));

        assertThat(access.topicClasses()).containsExactly(GET, UPDATE).isNotSameAs(before);
    }

    @Test
    void theListOfClassesStaysTheSameObjectUntilItChanges() {
        findNow();
        ProductAccess access = credentials().product();

        assertThat(access.topicClasses()).isSameAs(access.topicClasses());
    }

    @Test
    void anOlderListOfClassesDoesNotReplaceALaterOne() {
        findNow();
        directory.accessChanged(PRODUCT, new StoredAccess(1, 3, List.of(GET, UPDATE), ProductRates.NONE, ProductSubscription.NONE));
        directory.accessChanged(PRODUCT, new StoredAccess(1, 2, List.of(), ProductRates.NONE, ProductSubscription.NONE));

        assertThat(credentials().product().topicClasses()).containsExactly(GET, UPDATE);
    }

    @Test
    void aChangeOfClassesDuringTheFirstLookUpIsSeen() {
        stored.duringRead = () ->
                directory.accessChanged(PRODUCT, new StoredAccess(1, 2, List.of(GET, UPDATE), ProductRates.NONE, ProductSubscription.NONE));
        findNow();

        assertThat(credentials().product().topicClasses()).containsExactly(GET, UPDATE);
    }

    @Test
    void aLaterProductWithTheSameKeyHasItsOwnClasses() {
        findNow();
        directory.accessChanged(PRODUCT, new StoredAccess(1, 7, List.of(GET), ProductRates.NONE, ProductSubscription.NONE));
        directory.accessChanged(PRODUCT, new StoredAccess(9, 1, List.of(UPDATE), ProductRates.NONE, ProductSubscription.NONE));

        assertThat(credentials().product().topicClasses()).containsExactly(UPDATE);
    }

    private void find() {
        directory.find(LAMP, answers::add);
    }

    @Test
    void aCertificateLeadsToItsDevice() {
        own(LAMP, CERTIFICATE);
        assertThat(findNow(CERTIFICATE)).isInstanceOf(Found.class);
    }

    @Test
    void oneThatIsKnownIsAnsweredAtOnce() {
        own(LAMP, CERTIFICATE);
        findNow(CERTIFICATE);
        assertThat(directory.knows(CERTIFICATE)).isTrue();
        directory.find(CERTIFICATE, answers::add);
        assertThat(tasks).isEmpty();
    }

    @Test
    void aCertificateThatStandsForNobodyIsUnknown() {
        assertThat(findNow(CERTIFICATE)).isInstanceOf(Unknown.class);
    }

    @Test
    void oneThatWasTakenFromADeviceIsUnknown() {
        own(LAMP, CERTIFICATE);
        findNow(CERTIFICATE);
        stored.owners.clear();
        stored.devices.put(LAMP, device(true));
        directory.deviceChanged(LAMP);
        assertThat(findNow(CERTIFICATE)).isInstanceOf(Unknown.class);
    }

    @Test
    void oneThatWasGivenToAnotherDeviceLeadsThere() {
        DeviceKey other = new DeviceKey(PRODUCT, "lamp_02");
        own(LAMP, CERTIFICATE);
        findNow(CERTIFICATE);
        stored.devices.put(LAMP, device(true));
        own(other, CERTIFICATE);
        directory.deviceChanged(LAMP);
        findNow(CERTIFICATE);
        assertThat(credentials().key()).isEqualTo(other);
    }

    @Test
    void withoutTheDatabaseNobodyKnowsWhoseACertificateIs() {
        stored.away = true;
        assertThat(findNow(CERTIFICATE)).isInstanceOf(Unavailable.class);
    }

    private void own(DeviceKey device, Fingerprint certificate) {
        stored.owners.put(certificate, device);
        StoredDevice d = device(true);
        stored.devices.put(device, new StoredDevice(d.id(), d.iotId(), d.secrets(), true, true,
                new AcceptedCertificates(true, Set.of(certificate))));
    }

    private DirectoryAnswer findNow(Fingerprint certificate) {
        directory.find(certificate, answers::add);
        runTasks();
        return answers.get(answers.size() - 1);
    }

    private void findNow() {
        find();
        runTasks();
    }

    private DeviceCredentials credentials() {
        return ((Found) answers.get(answers.size() - 1)).credentials();
    }

    private void execute(Runnable task) {
        if (executorFull) {
            throw new RejectedExecutionException();
        }
        tasks.add(task);
    }

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private static StoredDevice device(boolean enabled) {
        return new StoredDevice(7, "iot7", DeviceSecrets.of(Secret.of("7f3c9a5e1b8d4260a7c5e3f19b2d8640")), enabled, false,
                AcceptedCertificates.NONE);
    }

    private static final class Stored implements DeviceSource {
        private final Map<DeviceKey, StoredDevice> devices = new HashMap<>();
        private final Map<Fingerprint, DeviceKey> owners = new HashMap<>();
        private final Map<String, StoredAccess> products = new HashMap<>();
        private boolean away;
        private int reads;
        private Runnable duringRead = () -> { };

        @Override
        public Optional<StoredDevice> device(DeviceKey key) {
            if (away) {
                throw new IllegalStateException("the database is away");
            }
            reads++;
            Optional<StoredDevice> read = Optional.ofNullable(devices.get(key));
            Runnable then = duringRead;
            duringRead = () -> { };
            then.run();
            return read;
        }

        @Override
        public Optional<DeviceKey> owner(Fingerprint certificate) {
            if (away) {
                throw new IllegalStateException("the database is away");
            }
            reads++;
            return Optional.ofNullable(owners.get(certificate));
        }

        @Override
        public Optional<StoredAccess> access(String productKey) {
            return Optional.ofNullable(products.get(productKey));
        }
    }
}
