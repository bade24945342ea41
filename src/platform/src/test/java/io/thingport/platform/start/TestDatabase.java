package io.thingport.platform.start;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import jakarta.persistence.Persistence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/**
 * A database of each kind the platform runs on, migrated, with the real persistence unit on it. One of each serves all
 * tests, which run one after the other; it is empty when a test opens it.
 */
public final class TestDatabase {

    /** The kinds of databases. */
    public enum Kind { H2, POSTGRESQL }

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Map<Kind, TestDatabase> OPEN = new EnumMap<>(Kind.class);

    private final DataSource dataSource;
    private final EntityManagerFactory entities;

    private TestDatabase(DataSource dataSource) {
        this.dataSource = dataSource;
        Migrations.run(dataSource);
        this.entities = Persistence.createEntityManagerFactory("thingport", Map.of(
                "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                "jakarta.persistence.nonJtaDataSource", dataSource));
    }

    public static synchronized TestDatabase open(Kind kind) {
        TestDatabase database = OPEN.computeIfAbsent(kind, k -> new TestDatabase(emptyDatabase(k)));
        database.run(entities -> List.of("device_log", "mqtt_session", "offline_message", "ended_session", "device", "topic_class",
                        "product_group", "device_apply", "product", "consumer_group where id > 0", "access_key", "master_key",
                        "audit")
                .forEach(table -> entities.createNativeQuery("delete from " + table).executeUpdate()));
        return database;
    }

    /** A database of its own, with nothing but the schema. */
    public static DataSource migrated(Kind kind) {
        DataSource database = emptyDatabase(kind);
        Migrations.run(database);
        return database;
    }

    static DataSource emptyDatabase(Kind kind) {
        String name = "t" + COUNT.incrementAndGet();
        if (kind == Kind.POSTGRESQL) {
            DataSource server = Postgres.SERVER.getPostgresDatabase();
            try (Connection connection = server.getConnection(); Statement statement = connection.createStatement()) {
                statement.execute("create database " + name);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return Postgres.SERVER.getDatabase("postgres", name);
        }
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
        return h2;
    }

    public DataSource dataSource() {
        return dataSource;
    }

    public EntityManagerFactory entities() {
        return entities;
    }

    /** Runs work in a transaction of its own, as a call of a bean does. */
    public <T> T call(Function<EntityManager, T> work) {
        try (EntityManager manager = entities.createEntityManager()) {
            EntityTransaction transaction = manager.getTransaction();
            transaction.begin();
            try {
                T result = work.apply(manager);
                transaction.commit();
                return result;
            } finally {
                if (transaction.isActive()) {
                    transaction.rollback();
                }
            }
        }
    }

    public void run(Consumer<EntityManager> work) {
        call(manager -> {
            work.accept(manager);
            return true;
        });
    }

    /** Started by the first test that needs it, stopped with the virtual machine. */
    private static final class Postgres {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on").start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
