package io.thingport.platform.start;

import io.thingport.platform.accesskey.AccessKeys;
import io.thingport.platform.config.Settings;
import io.thingport.platform.config.SettingsReader;
import io.thingport.platform.registry.DeviceStatusWriter;
import io.thingport.platform.secrets.SecretBox;
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
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;

/**
 * The order in which the platform begins: settings, the database's migrations, the check of the mapping, the master key,
 * the first access key, and devices last. What is wrong stops the start of the application.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN) // migrations commit on their own
public class PlatformStart {

    private static final Logger LOG = System.getLogger(PlatformStart.class.getName());
    private static final long STATUS_PERIOD_MILLIS = 250;

    @Resource(lookup = "jdbc/thingport")
    private DataSource database;
    @Resource
    private ManagedScheduledExecutorService scheduler;
    @PersistenceUnit(unitName = "thingport")
    private EntityManagerFactory entities;
    @EJB
    private AccessKeys accessKeys;
    @Inject
    private Instance<Settings> settings;
    @Inject
    private Instance<SecretBox> secretBox;
    @Inject
    private Instance<DeviceStatusWriter> statusWriter;

    private Optional<Future<?>> statusFlush = Optional.empty();

    @PostConstruct
    void start() {
        try {
            begin();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Thingport does not start: {0}", reason(e));
            throw e;
        }
    }

    private void begin() {
        Settings checked = settings.get();
        SettingsReader.unknownVariables(System.getenv().keySet()).forEach(name ->
                LOG.log(Level.WARNING, "the environment variable {0} is no setting of Thingport", name));
        Migrations.run(database);
        entities.unwrap(SessionFactory.class).getSchemaManager().validateMappedObjects();
        secretBox.get();
        Path keyFile = checked.accessKeyFile();
        if (accessKeys.createFirst(keyFile)) {
            LOG.log(Level.INFO, "the first access key is in {0}", keyFile.toAbsolutePath());
        }
        DeviceStatusWriter writer = statusWriter.get();
        statusFlush = Optional.of(scheduler.scheduleWithFixedDelay(writer::flush, STATUS_PERIOD_MILLIS,
                STATUS_PERIOD_MILLIS, TimeUnit.MILLISECONDS));
        LOG.log(Level.INFO, "Thingport {0} on {1}", version(), describeDatabase());
    }

    @PreDestroy
    void stop() {
        statusFlush.ifPresent(flush -> {
            flush.cancel(false);
            statusWriter.get().flush();
        });
    }

    private String describeDatabase() {
        try (Connection connection = database.getConnection()) {
            DatabaseMetaData about = connection.getMetaData();
            return about.getDatabaseProductName() + " " + about.getDatabaseProductVersion();
        } catch (SQLException e) {
            throw new IllegalStateException("the database does not answer", e);
        }
    }

    private static String version() {
        return Optional.ofNullable(PlatformStart.class.getPackage().getImplementationVersion()).orElse("(unpacked)");
    }

    /** The message of the first cause that is not just a wrapping. */
    private static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return Optional.ofNullable(cause.getMessage()).orElse(cause.toString());
    }
}
