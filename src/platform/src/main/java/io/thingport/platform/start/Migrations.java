package io.thingport.platform.start;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;

/**
 * Brings the database's schema to the version that this application is written for.
 *
 * <p>On Liberty, Flyway finds a folder of the class path only by an empty file {@code flyway.location} in it. The one in
 * {@code db-migrations} makes it find the scripts; the one in {@code db/callback}, which holds nothing else, keeps it from
 * logging an error about that folder.
 */
final class Migrations {

    /** The version of the newest script in {@code db-migrations}. */
    static final String SCHEMA_VERSION = "12";

    private Migrations() {
    }

    /**
     * Runs the scripts that have not run yet. Call it outside a transaction.
     *
     * @throws DatabaseException when the database is not of {@link #SCHEMA_VERSION} then: a newer application has used it, or
     *                         the scripts were not found, which Flyway passes over in silence
     */
    static void run(DataSource database) {
        Flyway flyway = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database)
                .locations("classpath:db-migrations")
                .load();
        flyway.migrate();
        MigrationInfo current = flyway.info().current();
        String version = current == null ? "none" : current.getVersion().getVersion();
        if (!version.equals(SCHEMA_VERSION)) {
            throw new DatabaseException("the database has schema version " + version + ", this application needs "
                    + SCHEMA_VERSION);
        }
    }
}
