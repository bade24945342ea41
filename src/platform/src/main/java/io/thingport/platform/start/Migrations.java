package io.thingport.platform.start;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;

/** Brings the database's schema to the version that this application is written for. */
final class Migrations {

    /** The version of the newest script in {@code db-migrations}. */
    static final String SCHEMA_VERSION = "1";

    private Migrations() {
    }

    /**
     * Runs the scripts that have not run yet. Call it outside a transaction.
     *
     * @throws SchemaException when the database is not of {@link #SCHEMA_VERSION} then: a newer application has used it, or
     *                         the scripts were not found, which Flyway passes over in silence
     */
    static void run(DataSource database) {
        Flyway flyway = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database)
                .locations("classpath:db-migrations")
                .callbackLocations("classpath:db-migrations") // the default one is not there, and that is logged as an error
                .load();
        flyway.migrate();
        MigrationInfo current = flyway.info().current();
        String version = current == null ? "none" : current.getVersion().getVersion();
        if (!version.equals(SCHEMA_VERSION)) {
            throw new SchemaException("the database has schema version " + version + ", this application needs "
                    + SCHEMA_VERSION);
        }
    }
}
