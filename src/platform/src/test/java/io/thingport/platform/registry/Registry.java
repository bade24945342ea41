package io.thingport.platform.registry;

import io.thingport.mqtt.MqttServerSettings;
import io.thingport.platform.config.Settings;
import io.thingport.platform.devicelog.LogLevel;
import io.thingport.platform.limits.DeviceRates;
import io.thingport.platform.limits.ServerRates;
import io.thingport.platform.secrets.MasterKeyRing;
import io.thingport.platform.secrets.SecretBox;
import io.thingport.platform.secrets.Tokens;
import io.thingport.platform.start.TestDatabase;
import io.thingport.platform.start.TestDatabase.Kind;
import jakarta.persistence.EntityManager;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The façades on a database, each call in a transaction of its own; what they say within it is kept in lists. */
public final class Registry {

    public static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    public final TestDatabase database;
    final List<ProductAccessChange> accessChanges = new ArrayList<>();
    final List<ProductRemoval> removals = new ArrayList<>();
    final List<ConsumerGroupsChange> groupChanges = new ArrayList<>();
    final List<DeviceChange> deviceChanges = new ArrayList<>();
    public final List<DeviceLife> lives = new ArrayList<>();

    /** What waits here is not written. */
    final DeviceStatusWriter status = new DeviceStatusWriter(updates -> { }, 100);

    private final SecureRandom random = new SecureRandom();
    final SecretBox box = new SecretBox(MasterKeyRing.generate(random), random);
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final Settings settings = new Settings(MqttServerSettings.DEFAULTS,
            new Settings.TlsFiles(Optional.empty(), Optional.empty(), Optional.empty()),
            new Settings.KeepAlive(Duration.ofSeconds(30), Duration.ofMinutes(20)), new Settings.Topics(128, 7),
            new Settings.Subscriptions(100, 8), new Settings.Sessions(1000, 4096, Duration.ofDays(7)),
            Settings.SessionPresent.OASIS, Settings.Will.IGNORE, new Settings.Rates(Settings.ReceiveMaximum.BOTH, 5, 0, DeviceRates.NONE, ServerRates.NONE), Settings.VendorApiRates.UNLIMITED,
            new Settings.Registry(100, 100), new Settings.Upstream(ZoneOffset.UTC, 100, Duration.ofDays(1), Optional.empty()), new Settings.MasterKeySource(Optional.empty(), Path.of("unused")),
            Path.of("unused"), Path.of("unused"), new Settings.Amqp("unused", Settings.Amqp.NONE), new Settings.WebSocket(Set.of()),
            new Settings.Log(LogLevel.EVENTS, Duration.ofDays(7), 1000),
            new Settings.Audit(Duration.ofDays(1)), new Settings.Rest(Set.of()));

    public Registry(Kind kind) {
        database = TestDatabase.open(kind);
    }

    public <T> T products(Function<Products, T> work) {
        return database.call(entities -> work.apply(productsIn(entities)));
    }

    <T> T devices(Function<Devices, T> work) {
        return database.call(entities -> work.apply(devicesIn(entities)));
    }

    <T> T certificates(Function<Certificates, T> work) {
        return database.call(entities -> work.apply(new Certificates(entities, clock, new FakeEvent<>(deviceChanges::add))));
    }

    <T> T groups(Function<ConsumerGroups, T> work) {
        return database.call(entities -> work.apply(new ConsumerGroups(entities, clock, new Tokens(random),
                new FakeEvent<>(groupChanges::add), new FakeEvent<>(accessChanges::add))));
    }

    <T> T source(Function<DeviceSource, T> work) {
        return database.call(entities -> work.apply(new DatabaseDeviceSource(entities, box)));
    }

    List<LineResult> importLines(FleetLine... lines) {
        return database.call(entities -> new FleetImport(entities, productsIn(entities), settings, box,
                batchIn(entities))
                .apply(List.of(lines)));
    }

    <T> T productCatalogue(Function<ProductCatalogue, T> work) {
        return database.call(entities -> work.apply(new ProductCatalogue(entities)));
    }

    public <T> T deviceCatalogue(Function<DeviceCatalogue, T> work) {
        return database.call(entities -> work.apply(deviceCatalogueIn(entities)));
    }

    <T> T export(Function<FleetExport, T> work) {
        return database.call(entities -> work.apply(new FleetExport(entities, box)));
    }

    void write(List<StatusStore.Update> updates) {
        database.run(entities -> new DatabaseStatusStore(entities).write(updates));
    }

    <T> T registrations(Function<Registrations, T> work) {
        return database.call(entities -> work.apply(new Registrations(entities, box, clock, new Tokens(random),
                devicesIn(entities), status, new FakeEvent<>(deviceChanges::add))));
    }

    <T> T tokens(Function<DeviceTokens, T> work) {
        return database.call(entities -> work.apply(new DeviceTokens(entities, new FakeEvent<>(deviceChanges::add))));
    }

    public Products productsIn(EntityManager entities) {
        return new Products(entities, settings, box, clock, new Tokens(random), new FakeEvent<>(accessChanges::add),
                new FakeEvent<>(removals::add));
    }

    Devices devicesIn(EntityManager entities) {
        return new Devices(entities, box, clock, new Tokens(random), new FakeEvent<>(deviceChanges::add), new FakeEvent<>(lives::add));
    }

    public DeviceCatalogue deviceCatalogueIn(EntityManager entities) {
        return new DeviceCatalogue(entities, box);
    }

    public DeviceBatch batchIn(EntityManager entities) {
        return new DeviceBatch(entities, box, clock, new Tokens(random), new FakeEvent<>(deviceChanges::add),
                new FakeEvent<>(lives::add));
    }

    public Product product(String key) {
        return products(products -> products.create(
                new NewProduct(Optional.of(key), "name_" + key, Optional.empty(), Optional.empty())));
    }

    public Device device(String productKey, String name) {
        return devices(devices -> devices.register(productKey,
                new NewDevice(Optional.of(name), Optional.empty(), Optional.empty())));
    }
}
