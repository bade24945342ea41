package io.thingport.platform.session;

import io.thingport.mqtt.Connect;
import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.MqttLoop;
import io.thingport.mqtt.MqttServerSettings;
import io.thingport.mqtt.MqttVersion;
import io.thingport.platform.accesskey.Caller;
import io.thingport.platform.config.Settings;
import io.thingport.platform.dashboard.DashboardTokens;
import io.thingport.platform.dashboard.Dashboards;
import io.thingport.platform.devicelog.DeviceLog;
import io.thingport.platform.devicelog.LogEntry;
import io.thingport.platform.devicelog.LogLevel;
import io.thingport.platform.devicelog.PresentLevels;
import io.thingport.platform.limits.DeviceRates;
import io.thingport.platform.limits.ProductRates;
import io.thingport.platform.limits.ServerRates;
import io.thingport.platform.messaging.MessageIds;
import io.thingport.platform.registration.Registrar;
import io.thingport.platform.registry.AcceptedCertificates;
import io.thingport.platform.registry.DeviceDirectory;
import io.thingport.platform.registry.DeviceSecrets;
import io.thingport.platform.registry.DeviceSource;
import io.thingport.platform.registry.DeviceStatusWriter;
import io.thingport.platform.registry.DirectoryChanges;
import io.thingport.platform.registry.Fingerprint;
import io.thingport.platform.registry.Operation;
import io.thingport.platform.registry.StatusStore;
import io.thingport.platform.registry.TopicClass;
import io.thingport.platform.secrets.MasterKeyRing;
import io.thingport.platform.secrets.Secret;
import io.thingport.platform.secrets.SecretBox;
import io.thingport.platform.secrets.Tokens;
import io.thingport.platform.store.SessionIds;
import io.thingport.platform.watch.WatchHub;
import io.thingport.platform.upstream.ProductSubscription;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
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
    static final Settings.Rates UNLIMITED = new Settings.Rates(Settings.ReceiveMaximum.BOTH, 0, 0, DeviceRates.NONE,
            ServerRates.NONE);
    private static final Settings.Sessions USUAL = new Settings.Sessions(1_000, 4 * 1024 * 1024, Duration.ofDays(7));

    final TestStore store;
    final TestUpstream upstream = new TestUpstream();
    final TestClock clock;
    final List<TestLoop> testLoops = new ArrayList<>();
    final ArrayDeque<Runnable> lookUps = new ArrayDeque<>();
    private final List<StatusStore.Update> statuses = new ArrayList<>();
    final TestRegistrations registrations = new TestRegistrations(this);
    final Loops loops;
    final DeviceDirectory directory;
    final WatchHub watch;
    final Map<String, Caller> accessKeys = new HashMap<>();
    final DashboardTokens tokens;
    final Dashboards dashboards;
    final DeviceLog log = new DeviceLog(10_000);
    final PresentLevels levels = new PresentLevels(LogLevel.EVENTS);
    boolean ready = true;
    boolean databaseAway;
    private Runnable meanwhile = () -> { };

    private final Settings settings;
    private final long run;
    private final Map<DeviceKey, Boolean> devices = new HashMap<>(); // whether enabled
    private final Map<DeviceKey, AcceptedCertificates> certificates = new HashMap<>();
    private final Map<DeviceKey, Long> deviceIds = new HashMap<>();
    private final DeviceStatusWriter status = new DeviceStatusWriter(statuses::addAll, 1_000);
    private long classesVersion = 1;

    TestServer() {
        this(settings(USUAL));
    }

    TestServer(Settings settings) {
        this(settings, new TestStore(), 1, new TestClock());
    }

    private TestServer(Settings settings, TestStore store, long run, TestClock clock) {
        this.settings = settings;
        this.store = store;
        this.run = run;
        this.clock = clock;
        for (int i = 0; i < LOOPS; i++) {
            testLoops.add(new TestLoop(i, clock));
        }
        directory = new DeviceDirectory(new Source(), lookUps::add, 100, settings.rates().device());
        watch = new WatchHub(directory::watch, lookUps::add, (time, task) -> { }, clock);
        SecretBox box = new SecretBox(MasterKeyRing.generate(new Random(2)), new Random(3));
        tokens = new DashboardTokens(() -> box,
                new Tokens(new Random(4)), clock);
        dashboards = new Dashboards(tokens, id -> Optional.ofNullable(accessKeys.get(id)), watch, clock);
        loops = new Loops(settings, directory, status, new MessageIds(new Random(1)),
                new SessionStore(new SessionIds(run), store, store, lookUps::add), upstream, watch,
                dashboards, new Registrar(registrations, lookUps::add, this::nanoTime), log, levels,
                clock, this::nanoTime, () -> ready ? List.copyOf(testLoops) : List.of());
        register(LAMP);
    }

    /** The server is killed and started again: another one with the same store. */
    TestServer killed() {
        store.forgetUnwritten();
        TestServer next = new TestServer(settings, store, run + 1, clock);
        devices.keySet().forEach(next::register);
        next.deviceIds.putAll(deviceIds);
        return next;
    }

    static Settings settings(Settings.Sessions sessions) {
        return settings(sessions, new Settings.Topics(128, 7));
    }

    static Settings settings(Settings.Sessions sessions, Settings.Topics topics) {
        return settings(sessions, topics, UNLIMITED);
    }

    /** The usual settings with these rates. */
    static Settings settings(Settings.Rates rates) {
        return settings(USUAL, new Settings.Topics(128, 7), rates);
    }

    private static Settings settings(Settings.Sessions sessions, Settings.Topics topics, Settings.Rates rates) {
        MqttServerSettings d = MqttServerSettings.DEFAULTS;
        MqttServerSettings mqtt = new MqttServerSettings(List.of(), d.tls(), LOOPS, d.connectTimeout(), d.connectMaximum(),
                d.unauthenticatedMaximum(), d.unauthenticatedConnections(), d.packetMaximum(), d.receiveMaximum(), d.sendWindow(),
                d.topicAliasMaximum(), d.outputMaximum());
        return new Settings(mqtt, new Settings.TlsFiles(Optional.empty(), Optional.empty(), Optional.empty()), new Settings.KeepAlive(Duration.ofSeconds(30), Duration.ofSeconds(1200)),
                topics, new Settings.Subscriptions(100, 8), sessions, Settings.SessionPresent.NEVER_FOR_C_SDK, Settings.Will.IGNORE,
                rates, Settings.VendorApiRates.UNLIMITED,
                new Settings.Registry(100, 100), new Settings.Upstream(ZoneOffset.ofHours(8), 100, Duration.ofDays(1), Optional.empty()), new Settings.MasterKeySource(Optional.empty(), Path.of("none")),
                Path.of("none"), Path.of("none"), new Settings.Amqp("none", Settings.Amqp.NONE), new Settings.WebSocket(Set.of()),
                new Settings.Log(LogLevel.EVENTS, Duration.ofDays(7), 1000),
                new Settings.Audit(Duration.ofDays(1)), new Settings.Rest(Set.of()));
    }

    private final class Source implements DeviceSource {
        @Override
        public Optional<StoredDevice> device(DeviceKey key) {
            if (databaseAway) {
                throw new IllegalStateException("the database is away");
            }
            return Optional.ofNullable(devices.get(key)).map(on -> new StoredDevice(deviceIds.get(key), "iot" + deviceIds.get(key),
                    new DeviceSecrets(Secret.of(SECRET), Optional.empty(), registrations.tokens(key)), on, true,
                    Optional.ofNullable(certificates.get(key)).orElse(AcceptedCertificates.NONE)));
        }

        @Override
        public Optional<DeviceKey> owner(Fingerprint certificate) {
            return certificates.entrySet().stream().filter(e -> e.getValue().fingerprints().contains(certificate))
                    .map(Map.Entry::getKey).findAny();
        }

        @Override
        public Optional<StoredAccess> access(String productKey) {
            return productKey.equals(PRODUCT) ? Optional.of(new StoredAccess(1, 1, CLASSES, ProductRates.NONE, ProductSubscription.NONE)) : Optional.empty();
        }
    }

    // ---- the registry ----

    void register(DeviceKey device) {
        devices.put(device, true);
        deviceIds.putIfAbsent(device, (long) deviceIds.size() + 1);
    }

    /** Deletes a device and its session, and registers one of the same name. */
    void replace(DeviceKey device) {
        long old = deviceIds.put(device, (long) deviceIds.size() + 100);
        store.sessions.remove(old);
        DirectoryChanges.deviceChanged(directory, device);
    }

    /** From now on the device connects with these certificates. */
    void certify(DeviceKey device, Fingerprint... fingerprints) {
        certificates.put(device, new AcceptedCertificates(true, Set.of(fingerprints)));
        DirectoryChanges.deviceChanged(directory, device);
    }

    void disable(DeviceKey device) {
        devices.put(device, false);
        DirectoryChanges.deviceChanged(directory, device);
    }

    void changeClasses(List<TopicClass> classes) {
        DirectoryChanges.accessChanged(directory, PRODUCT, ++classesVersion, classes, ProductRates.NONE,
                ProductSubscription.NONE);
    }

    void changeRates(ProductRates rates) {
        DirectoryChanges.accessChanged(directory, PRODUCT, ++classesVersion, CLASSES, rates, ProductSubscription.NONE);
    }

    void subscribe(ProductSubscription subscription) {
        DirectoryChanges.accessChanged(directory, PRODUCT, ++classesVersion, CLASSES, ProductRates.NONE, subscription);
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

    /** What has been written into the device log since the last time. */
    List<LogEntry> logged() {
        settle();
        return log.drain(10_000);
    }

    // ---- time and threads ----

    /** What another thread does when next the server looks at the clock for a rate. */
    void whenRatesAreCounted(Runnable once) {
        meanwhile = once;
    }

    private long nanoTime() {
        Runnable now = meanwhile;
        meanwhile = () -> { };
        now.run();
        return clock.millis() * 1_000_000;
    }

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
            any |= store.write();
            any |= upstream.write();
        }
    }

    void pass(Duration time) {
        clock.pass(time);
        testLoops.forEach(TestLoop::runTimers);
        settle();
    }

    /** Lets the time pass in which messages rest. */
    void rest() {
        for (int i = 0; i < 2; i++) {
            pass(Duration.ofMillis(MqttLoop.SOON_MILLIS));
        }
    }

    <T> T get(CompletionStage<T> stage) {
        settle();
        return stage.toCompletableFuture().getNow(null);
    }

    // ---- devices ----

    /** Connects a device that keeps its session for ever. */
    TestChannel resume(DeviceKey device) {
        TestChannel channel = new TestChannel(this, away(device), MqttVersion.V3_1_1);
        channel.connect(keepingPacket(device));
        settle();
        return channel;
    }

    /** Connects a device with MQTT 5. */
    TestChannel connect(DeviceKey device, boolean cleanStart, long sessionExpiry) {
        TestChannel channel = new TestChannel(this, away(device), MqttVersion.V5);
        channel.connect(connectPacket(device, MqttVersion.V5, "client|signmethod=hmacsha256|", SECRET, cleanStart,
                OptionalLong.of(sessionExpiry)));
        settle();
        return channel;
    }

    /** Connects a device with MQTT 5 and a Receive Maximum; it keeps its session for ever, or for its connection. */
    TestChannel connectReceiving(DeviceKey device, int receiveMaximum, boolean keeps) {
        TestChannel channel = new TestChannel(this, away(device), MqttVersion.V5);
        channel.window = receiveMaximum;
        Connect usual = connectPacket(device, MqttVersion.V5, "client|signmethod=hmacsha256|", SECRET, !keeps,
                keeps ? OptionalLong.of(0xFFFF_FFFFL) : OptionalLong.empty());
        channel.connect(new Connect(usual.version(), usual.clientId(), usual.userName(), usual.password(),
                usual.keepAlive(), usual.cleanStart(), usual.sessionExpiry(), receiveMaximum, usual.will(),
                usual.authenticationMethod(), usual.userProperties()));
        settle();
        return channel;
    }

    /** Connects a device in the common way, with a clean session. */
    TestChannel connect(DeviceKey device) {
        return connect(device, MqttVersion.V3_1_1, 0);
    }

    TestChannel connect(DeviceKey device, MqttVersion version, int ext) {
        TestChannel channel = new TestChannel(this, away(device), version);
        channel.connect(connectPacket(device, version, ext));
        settle();
        return channel;
    }

    /** Connects a 3.1.1 device that has its system topics subscribed for it. */
    TestChannel connectWithSs(DeviceKey device, boolean cleanSession) {
        return connectWithSs(device, MqttVersion.V3_1_1, cleanSession);
    }

    TestChannel connectWithSs(DeviceKey device, MqttVersion version, boolean cleanSession) {
        TestChannel channel = new TestChannel(this, away(device), version);
        channel.connect(connectPacket(device, version, "client|signmethod=hmacsha256,_ss=1,ext=1|", SECRET,
                cleanSession, OptionalLong.empty()));
        settle();
        return channel;
    }

    static Connect connectPacket(DeviceKey device, MqttVersion version, int ext) {
        return connectPacket(device, version, "client|signmethod=hmacsha256,ext=" + ext + "|", SECRET,
                true, OptionalLong.empty());
    }

    /** The CONNECT of a 3.1.1 device with clean session 0. */
    static Connect keepingPacket(DeviceKey device) {
        return connectPacket(device, MqttVersion.V3_1_1, "client|signmethod=hmacsha256|", SECRET, false,
                OptionalLong.empty());
    }

    static Connect connectWithWrongSecret(DeviceKey device) {
        return connectPacket(device, MqttVersion.V3_1_1, "client|signmethod=hmacsha256|", "wrong", true,
                OptionalLong.empty());
    }

    static Connect connectPacket(DeviceKey device, MqttVersion version, String clientId, OptionalLong sessionExpiry) {
        return connectPacket(device, version, clientId, SECRET, false, sessionExpiry);
    }

    private static Connect connectPacket(DeviceKey device, MqttVersion version, String clientId, String secret,
            boolean cleanStart, OptionalLong sessionExpiry) {
        String base = clientId.substring(0, clientId.indexOf('|'));
        String password = hmacSha256(secret, "clientId" + base + "deviceName" + device.deviceName() + "productKey"
                + device.productKey());
        return new Connect(version, clientId, Optional.of(device.deviceName() + "&" + device.productKey()),
                Optional.of(password.getBytes(StandardCharsets.UTF_8)), 60, cleanStart, sessionExpiry, 65_535, false, Optional.empty(),
                List.of());
    }

    static String hmacSha256(String secret, String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
