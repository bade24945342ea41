package io.thingport.platform.start;

import io.thingport.mqtt.MqttServer;
import io.thingport.platform.access.PskKeys;
import io.thingport.platform.accesskey.AccessKeys;
import io.thingport.platform.accesskey.KeyUses;
import io.thingport.platform.accesskey.KnownKeys;
import io.thingport.platform.apply.DeviceApplies;
import io.thingport.platform.audit.AuditTrail;
import io.thingport.platform.audit.AuditUpkeep;
import io.thingport.platform.audit.Subject;
import io.thingport.platform.config.Settings;
import io.thingport.platform.config.SettingsException;
import io.thingport.platform.config.SettingsReader;
import io.thingport.platform.devicelog.LogLevels;
import io.thingport.platform.devicelog.LogWriter;
import io.thingport.platform.registry.DeviceDirectory;
import io.thingport.platform.registry.DeviceStatusWriter;
import io.thingport.platform.registry.Products;
import io.thingport.platform.rotation.MasterKeyRotation;
import io.thingport.platform.secrets.MasterKeyException;
import io.thingport.platform.secrets.OwnerOnlyFile;
import io.thingport.platform.secrets.SecretBox;
import io.thingport.platform.session.Loops;
import io.thingport.platform.session.LoopsApplication;
import io.thingport.platform.store.GroupCommitWriter;
import io.thingport.platform.store.SessionIds;
import io.thingport.platform.store.StoreUpkeep;
import io.thingport.platform.tls.MaterialFiles;
import io.thingport.platform.transfer.Imports;
import io.thingport.platform.upstream.Engine;
import io.thingport.platform.upstream.Handover;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * The order in which the platform begins: settings, the database's migrations, the check of the mapping, the master key
 * and what is sealed with it, the first access key, the store, and devices last. What is wrong stops the start of the
 * application. While the database is away the application runs, {@link StartProgress} says what it waits for, and the
 * start is tried again until the database is there.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN) // migrations commit on their own
public class PlatformStart {

    private static final Logger LOG = System.getLogger(PlatformStart.class.getName());
    private static final long STATUS_PERIOD_MILLIS = 1000;
    private static final long KEY_USES_PERIOD_SECONDS = 60;
    private static final long RETRY_SECONDS = 2;
    private static final long TLS_PERIOD_SECONDS = 10;
    private static final Duration WARNING_PERIOD = Duration.ofMinutes(1);

    @Resource(lookup = "jdbc/thingport", shareable = false) // Flyway holds two connections at a time
    private DataSource database;
    @Resource
    private ManagedScheduledExecutorService scheduler;
    @EJB
    private Mapping mapping;
    @EJB
    private AccessKeys accessKeys;
    @EJB
    private Products products;
    @EJB
    private MasterKeyRotation rotation;
    @EJB
    private Imports imports;
    @EJB
    private LogLevels logLevels;
    @EJB
    private DeviceApplies applies;
    @Inject
    private StartProgress progress;
    @Inject
    private Clock clock;
    @Inject
    private Instance<Settings> settings;
    @Inject
    private Instance<SecretBox> secretBox;
    @Inject
    private Instance<KnownKeys> knownKeys;
    @Inject
    private Instance<DeviceStatusWriter> statusWriter;
    @Inject
    private Instance<SessionIds> sessionIds;
    @Inject
    private Instance<GroupCommitWriter> storeWriter;
    @Inject
    private Instance<LogWriter> logWriter;
    @Inject
    private Instance<StoreUpkeep> storeUpkeep;
    @EJB
    private AuditTrail auditTrail;
    @Inject
    private Instance<AuditUpkeep> auditUpkeep;
    @Inject
    private Instance<Handover> handover;
    @Inject
    private Instance<DeviceDirectory> directory;
    @Inject
    private Instance<Loops> loops;
    @Inject
    private Instance<Engine> engine;
    @Inject
    private Instance<MqttServer> server;
    @Inject
    private Instance<MaterialFiles> materialFiles;

    private Optional<Future<?>> retry = Optional.empty();
    private Optional<Future<?>> statusFlush = Optional.empty();
    private Optional<Future<?>> keyUses = Optional.empty();
    private Optional<Future<?>> tlsLooks = Optional.empty();
    private Optional<StoreUpkeep> upkeep = Optional.empty();
    private Optional<AuditUpkeep> forgetting = Optional.empty();
    private Instant nextWarning = Instant.MIN;

    @PostConstruct
    synchronized void start() {
        switch (attempt(() -> {
            prepare();
            begin();
        })) {
            case STARTED -> { }
            case DATABASE_AWAY -> retry = Optional.of(scheduler.scheduleWithFixedDelay(this::startAgain, RETRY_SECONDS,
                    RETRY_SECONDS, TimeUnit.SECONDS));
            case REFUSED -> throw new StartRefusedException();
        }
    }

    /** Runs on the scheduler's threads; a stop waits until an attempt is over, and there is none after it. */
    private synchronized void startAgain() {
        if (retry.isPresent() && attempt(this::begin) != Outcome.DATABASE_AWAY) {
            endRetry();
        }
    }

    private void endRetry() {
        retry.ifPresent(tried -> tried.cancel(false));
        retry = Optional.empty();
    }

    private Outcome attempt(Runnable work) {
        try {
            work.run();
            progress.done();
            return Outcome.STARTED;
        } catch (RuntimeException e) {
            Optional<String> away = DatabaseAway.behind(e).map(SQLException::getMessage);
            if (away.isPresent()) {
                waitForDatabase(away.get());
                return Outcome.DATABASE_AWAY;
            }
            progress.waitsFor("the start failed; the log says why");
            refuse(e);
            return Outcome.REFUSED;
        }
    }

    private void waitForDatabase(String why) {
        progress.waitsFor("the database does not answer: " + why);
        Instant now = clock.instant();
        if (!now.isBefore(nextWarning)) {
            nextWarning = now.plus(WARNING_PERIOD);
            LOG.log(Level.WARNING, "the database does not answer, devices and callers have to wait; it is asked again every "
                    + RETRY_SECONDS + " seconds: {0}", why);
        }
    }

    private static void refuse(RuntimeException e) {
        if (e instanceof SettingsException || e instanceof MasterKeyException || e instanceof DatabaseException) {
            LOG.log(Level.ERROR, "Thingport does not start: {0}", e.getMessage());
        } else {
            LOG.log(Level.ERROR, "Thingport does not start", e);
        }
    }

    /** What does not need the database. */
    private void prepare() {
        SettingsReader.unknownVariables(System.getenv().keySet()).forEach(name ->
                LOG.log(Level.WARNING, "the environment variable {0} is no setting of Thingport", name));
        makeDataFolder(settings.get().dataDirectory());
    }

    private void begin() {
        Settings checked = settings.get();
        String product = describeDatabase();
        Migrations.run(database);
        mapping.validate();
        secretBox.get();
        products.completeSecrets();
        Path keyFile = checked.accessKeyFile();
        if (accessKeys.createFirst(keyFile)) {
            auditTrail.done("access-key.create", Subject.NONE);
            LOG.log(Level.INFO, "the first access key is in {0}", keyFile.toAbsolutePath());
        }
        knownKeys.get().load();
        rotation.resume();
        recoverImports();
        applies.resume();
        LOG.log(Level.INFO, "Thingport {0} on {1}", version(), product);
        sessionIds.get();
        logLevels.load();
        storeWriter.get().start();
        logWriter.get().start();
        handover.get().start();
        engine.get().open();
        MaterialFiles tls = materialFiles.get();
        tls.open();
        server.get().open(checked.mqtt(), new LoopsApplication(loops.get(), new PskKeys(directory.get())));
        tlsLooks = Optional.of(scheduler.scheduleWithFixedDelay(tls::look, TLS_PERIOD_SECONDS, TLS_PERIOD_SECONDS,
                TimeUnit.SECONDS));
        upkeep = Optional.of(storeUpkeep.get());
        upkeep.get().start();
        forgetting = Optional.of(auditUpkeep.get());
        forgetting.get().start();
        DeviceStatusWriter writer = statusWriter.get();
        statusFlush = Optional.of(scheduler.scheduleWithFixedDelay(writer::flush, STATUS_PERIOD_MILLIS,
                STATUS_PERIOD_MILLIS, TimeUnit.MILLISECONDS));
        keyUses = Optional.of(scheduler.scheduleWithFixedDelay(new KeyUses(knownKeys.get(), accessKeys)::flush,
                KEY_USES_PERIOD_SECONDS, KEY_USES_PERIOD_SECONDS, TimeUnit.SECONDS));
    }

    /** Devices go first, so that their going is still written. */
    @PreDestroy
    synchronized void stop() {
        endRetry();
        tlsLooks.ifPresent(looks -> looks.cancel(false));
        keyUses.ifPresent(uses -> uses.cancel(false));
        server.get().close();
        handover.get().stop();
        engine.get().close();
        upkeep.ifPresent(StoreUpkeep::stop);
        forgetting.ifPresent(AuditUpkeep::stop);
        storeWriter.get().stop();
        logWriter.get().stop();
        statusFlush.ifPresent(flush -> {
            flush.cancel(false);
            statusWriter.get().flush();
        });
    }

    /** The database may have made it by now, for others to look into. */
    private static void makeDataFolder(Path folder) {
        try {
            OwnerOnlyFile.makeFolder(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the data directory: " + e.getMessage(), e);
        }
        try {
            OwnerOnlyFile.restrictFolder(folder);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "others than the server may look into {0}: its mode cannot be set to 0700", folder);
        }
    }

    private void recoverImports() {
        try {
            imports.recover();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the imports in the data directory: " + e.getMessage(), e);
        }
    }

    private String describeDatabase() {
        try (Connection connection = database.getConnection()) {
            DatabaseMetaData about = connection.getMetaData();
            return about.getDatabaseProductName() + " " + about.getDatabaseProductVersion();
        } catch (SQLException e) {
            throw new DatabaseException("the database cannot be used: " + e.getMessage(), e);
        }
    }

    private static String version() {
        return Optional.ofNullable(PlatformStart.class.getPackage().getImplementationVersion()).orElse("(unpacked)");
    }

    private enum Outcome { STARTED, DATABASE_AWAY, REFUSED }

    /** Tells the container to stop the start; what is wrong has been logged, once. */
    private static final class StartRefusedException extends RuntimeException {
        StartRefusedException() {
            super("what is wrong stands in the log", null, false, false);
        }
    }
}
