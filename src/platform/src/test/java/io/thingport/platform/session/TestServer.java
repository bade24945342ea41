package io.thingport.platform.session;

import io.thingport.mqtt.Connect;
import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.MqttServerSettings;
import io.thingport.mqtt.MqttVersion;
import io.thingport.platform.config.Settings;
import io.thingport.platform.messaging.MessageIds;
import io.thingport.platform.registry.DeviceDirectory;
import io.thingport.platform.registry.DeviceSecrets;
import io.thingport.platform.registry.DeviceSource;
import io.thingport.platform.registry.DeviceStatusWriter;
import io.thingport.platform.registry.DirectoryChanges;
import io.thingport.platform.registry.Operation;
import io.thingport.platform.registry.StatusStore;
import io.thingport.platform.registry.TopicClass;
import io.thingport.platform.secrets.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Two loops and their sessions, without a thread and without a socket: the test decides what runs and when time passes.
 * One product, whose devices all have the same secret.
 */
final class TestServer {

    static final String PRODUCT = "a1Qx7Lm2Zt9";
    static final DeviceKey LAMP = new DeviceKey(PRODUCT, "lamp_01");
    static final String CHAT = "/a1Qx7Lm2Zt9/lamp_01/user/chat"; // ALL
    static final String GET = "/a1Qx7Lm2Zt9/lamp_01/user/get"; // SUB
    static final String UPDATE = "/a1Qx7Lm2Zt9/lamp_01/user/update"; // PUB
    static final List<TopicClass> CLASSES = List.of(
            new TopicClass(1, "user/chat", Operation.ALL, Optional.empty()),
            new TopicClass(2, "user/get", Operation.SUB, Optional.empty()),
            new TopicClass(3, "user/update", Operation.PUB, Optional.empty()));

    private static final String SECRET = "7f3c9a5e1b8d4260a7c5e3f19b2d8640";
    private static final int LOOPS = 2;

    final TestClock clock = new TestClock();
    final List<TestLoop> testLoops = new ArrayList<>();
    final ArrayDeque<Runnable> lookUps = new ArrayDeque<>();
    private final List<StatusStore.Update> statuses = new ArrayList<>();
    final Loops loops;
    final DeviceDirectory directory;
    boolean ready = true;
    boolean databaseAway;

    private final Map<DeviceKey, Boolean> devices = new HashMap<>(); // whether enabled
    private final DeviceStatusWriter status = new DeviceStatusWriter(statuses::addAll, 1_000);
    private long classesVersion = 1;

    TestServer() {
        this(settings(new Settings.Sessions(1_000, 4 * 1024 * 1024)));
    }

    TestServer(Settings settings) {
        for (int i = 0; i < LOOPS; i++) {
            testLoops.add(new TestLoop(i, clock));
        }
        directory = new DeviceDirectory(new Source(), lookUps::add, 100);
        loops = new Loops(settings, directory, status, new MessageIds(new Random(1)), clock,
                () -> ready ? List.copyOf(testLoops) : List.of());
        devices.put(LAMP, true);
    }

    static Settings settings(Settings.Sessions sessions) {
        return settings(sessions, new Settings.Topics(128, 7));
    }

    static Settings settings(Settings.Sessions sessions, Settings.Topics topics) {
        MqttServerSettings d = MqttServerSettings.DEFAULTS;
        MqttServerSettings mqtt = new MqttServerSettings(d.host(), 0, LOOPS, d.connectTimeout(), d.connectMaximum(),
                d.packetMaximum(), d.receiveMaximum(), d.sendWindow(), d.topicAliasMaximum(), d.outputMaximum());
        return new Settings(mqtt, new Settings.KeepAlive(Duration.ofSeconds(30), Duration.ofSeconds(1200)),
                topics, new Settings.Subscriptions(100, 8), sessions, Settings.Will.IGNORE,
                new Settings.Registry(100, 100), new Settings.MasterKeySource(Optional.empty(), Path.of("none")),
                Path.of("none"), Path.of("none"));
    }

    private final class Source implements DeviceSource {
        @Override
        public Optional<StoredDevice> device(DeviceKey key) {
            if (databaseAway) {
                throw new IllegalStateException("the database is away");
            }
            return Optional.ofNullable(devices.get(key)).map(on -> new StoredDevice(7, DeviceSecrets.of(Secret.of(SECRET)), on, true));
        }

        @Override
        public Optional<StoredClasses> topicClasses(String productKey) {
            return productKey.equals(PRODUCT) ? Optional.of(new StoredClasses(1, 1, CLASSES)) : Optional.empty();
        }
    }

    // ---- the registry ----

    void register(DeviceKey device) {
        devices.put(device, true);
    }

    void disable(DeviceKey device) {
        devices.put(device, false);
        DirectoryChanges.deviceChanged(directory, device);
    }

    void changeClasses(List<TopicClass> classes) {
        DirectoryChanges.topicClassesChanged(directory, PRODUCT, ++classesVersion, classes);
    }

    /** What has been written about devices since the last time: each as "name on" or "name off". */
    List<String> statuses() {
        status.flush();
        List<String> written = statuses.stream()
                .map(update -> update.key().deviceName() + (update.online().isPresent() ? " on" : "")
                        + (update.offline().isPresent() ? " off" : ""))
                .toList();
        statuses.clear();
        return written;
    }

    // ---- time and threads ----

    TestLoop home(DeviceKey device) {
        return testLoops.get(Math.floorMod(device.hashCode(), LOOPS));
    }

    TestLoop away(DeviceKey device) {
        return testLoops.get(Math.floorMod(device.hashCode() + 1, LOOPS));
    }

    /** Runs look-ups and loops until there is nothing left to do. */
    void settle() {
        boolean any = true;
        while (any) {
            any = !lookUps.isEmpty();
            while (!lookUps.isEmpty()) {
                lookUps.remove().run();
            }
            for (TestLoop loop : testLoops) {
                any |= loop.runPosted();
            }
        }
    }

    void pass(Duration time) {
        clock.pass(time);
        testLoops.forEach(TestLoop::runTimers);
        settle();
    }

    <T> T get(CompletionStage<T> stage) {
        settle();
        return stage.toCompletableFuture().getNow(null);
    }

    // ---- devices ----

    /** Connects a device in the common way. */
    TestChannel connect(DeviceKey device) {
        return connect(device, MqttVersion.V3_1_1, 0);
    }

    TestChannel connect(DeviceKey device, MqttVersion version, int ext) {
        TestChannel channel = new TestChannel(this, away(device), version);
        channel.connect(connectPacket(device, version, ext));
        settle();
        return channel;
    }

    static Connect connectPacket(DeviceKey device, MqttVersion version, int ext) {
        return connectPacket(device, version, "client|signmethod=hmacsha256,ext=" + ext + "|", SECRET,
                OptionalLong.empty());
    }

    static Connect connectWithWrongSecret(DeviceKey device) {
        return connectPacket(device, MqttVersion.V3_1_1, "client|signmethod=hmacsha256|", "wrong", OptionalLong.empty());
    }

    static Connect connectPacket(DeviceKey device, MqttVersion version, String clientId, OptionalLong sessionExpiry) {
        return connectPacket(device, version, clientId, SECRET, sessionExpiry);
    }

    private static Connect connectPacket(DeviceKey device, MqttVersion version, String clientId, String secret,
            OptionalLong sessionExpiry) {
        String base = clientId.substring(0, clientId.indexOf('|'));
        String password = hmacSha256(secret, "clientId" + base + "deviceName" + device.deviceName() + "productKey"
                + device.productKey());
        return new Connect(version, clientId, Optional.of(device.deviceName() + "&" + device.productKey()),
                Optional.of(password.getBytes(StandardCharsets.UTF_8)), 60, false, sessionExpiry, false, Optional.empty(),
                List.of());
    }

    private static String hmacSha256(String secret, String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
