package io.thingport.platform.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.platform.start.TestDatabase;
import io.thingport.platform.start.TestDatabase.Kind;
import io.thingport.platform.store.TestChange.Delete;
import io.thingport.platform.store.TestChange.End;
import io.thingport.platform.store.TestChange.Save;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * Every statement on the store finds its rows by an index, however many there are. The plans are left in
 * {@code target/store-plans.txt}. With a million devices and five million messages:
 *
 * <p>{@code ./mvnw test -pl src/mqtt-api,src/platform -Dtest=StorePlansTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dthingport.plans.devices=1000000}
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StorePlansTest {

    private static final int DEVICES = Integer.getInteger("thingport.plans.devices", 50_000);
    private static final long NOW = 1_790_000_000_000L;
    private static final long RUN = 2;
    private static final String FILL = """
            insert into product (id, product_key, name, created_at, classes_version, version)
            values (1, 'a1AbCdEfGhI', 'lamps', now(), 0, 0);
            insert into device (id, product_key, device_name, iot_id, secret, enabled, created_at, version)
            select i, 'a1AbCdEfGhI', 'lamp_' || i, 'iot' || i, repeat('s', 90), true, now(), 0
            from generate_series(1, %1$d) i;
            insert into mqtt_session
                (device_id, session_id, expiry_seconds, expires_at, run, sent_through, subscriptions)
            select i, i, 604800, case when i %% 1000 = 0 then %2$d - i when i %% 2 = 0 then %3$d else %2$d + i end,
                case when i %% 1000 = 2 then 1 else 2 end, 0, decode('0100000000', 'hex')
            from generate_series(1, %1$d) i;
            insert into offline_message
                (session_id, number, sent, created_at, expires_at, topic, payload)
            select i / 50 * 10 + 1, i %% 50 + 1, false, %2$d, %2$d - 500 + i, '/a1AbCdEfGhI/lamp/user/get',
                decode(repeat('00', 100), 'hex')
            from generate_series(0, 5 * %1$d - 1) i;
            insert into ended_session (session_id)
            select %1$d / 2 + i * 10 + 1 from generate_series(0, %1$d / 100) i;
            analyze""";

    private final TestLoop loop = new TestLoop();
    private final Set<String> asked = new LinkedHashSet<>(); // statements of the mapping
    private DataSource database;
    private DataSource unprepared; // statements with parameters that have no values
    private EntityManagerFactory entities;

    @BeforeAll
    void fill() {
        database = TestDatabase.migrated(Kind.POSTGRESQL);
        PGSimpleDataSource simple = new PGSimpleDataSource();
        simple.setUrl(((PGSimpleDataSource) database).getURL());
        simple.setUser("postgres");
        simple.setPreferQueryMode(PreferQueryMode.SIMPLE);
        unprepared = simple;
        StatementInspector inspector = sql -> {
            asked.add(sql);
            return sql;
        };
        entities = Persistence.createEntityManagerFactory("thingport", Map.of(
                "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                "jakarta.persistence.nonJtaDataSource", database,
                "hibernate.session_factory.statement_inspector", inspector));
        execute(FILL.formatted(DEVICES, NOW, SessionState.CONNECTED));
    }

    /** Whatever the values are, as the database plans a statement once it has been used a few times. */
    @Test
    void everyStatementIsPlannedWithAnIndex() throws IOException {
        useReads();
        List<String> statements = Stream.concat(asked.stream().filter(sql -> !sql.startsWith("insert")), Stream.of(
                WriterConnection.END_SESSION, WriterConnection.NOTE_ENDED, WriterConnection.DELETE_SESSION,
                WriterConnection.UPDATE_SESSION, WriterConnection.DELETE_MESSAGE, WriterConnection.DELETE_RANGE,
                WriterConnection.ENDED_SESSIONS, WriterConnection.PURGE, WriterConnection.FORGET_ENDED,
                "select id from device where product_key = ? and device_name = ?")).toList();

        Map<String, String> plans = new LinkedHashMap<>();
        statements.forEach(sql -> plans.put(sql, plan(sql)));
        Files.writeString(Path.of("target/store-plans.txt"), plans.entrySet().stream()
                .map(entry -> entry.getKey() + "\n" + entry.getValue()).collect(Collectors.joining("\n\n")));
        assertThat(plans).hasSizeGreaterThan(15)
                .allSatisfy((sql, plan) -> assertThat(plan).contains("Index").doesNotContain("Seq Scan"));
    }

    /** With these values, and what foreign keys look up as well. */
    @Test
    void noTableIsReadFromEndToEnd() {
        List<Long> before = wholeReads();
        useReads();
        useWrites();
        Eventually.until("all connections have told what they did", () -> numbers("""
                select count(*) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid()""").get(0) == 0);

        assertThat(wholeReads()).isEqualTo(before);
    }

    private void useReads() {
        inTransaction(manager -> {
            DatabaseSessions source = new DatabaseSessions(manager);
            assertThat(source.sessions(LongStream.rangeClosed(1, 256).boxed().toList())).hasSize(256);
            assertThat(source.messages(11, 5, 20)).hasSize(20);
            DueSessions due = new DueSessions(manager);
            assertThat(due.expired(NOW, 500)).isNotEmpty();
            assertThat(due.leftConnected(RUN, 500)).isNotEmpty();
            assertThat(due.withExpiredMessages(NOW, 500).devices()).isNotEmpty();
        });
    }

    private void useWrites() {
        GroupCommitWriter writer = new GroupCommitWriter(database, TestThreads.DAEMONS, WriterLimits.DEFAULTS,
                Clock.systemUTC());
        long last = DEVICES - 1;
        writer.submit(new Save(loop, last, 1L << 40, 0));
        writer.submit(new Save(loop, last - 2, 1L << 41, 0));
        writer.submit(new End(loop, last - 4));
        LongStream.rangeClosed(1, 200).forEach(n -> writer.insert(TestChange.insert(loop, 1L << 40, n)));
        writer.submit(new Delete(loop, 11, 1, 10));
        writer.start();
        Eventually.until("ended sessions are purged", () -> writer.counters().purged() > 5000);
        writer.stop();
        inTransaction(manager -> DeviceSessions.end(manager, last - 6));
    }

    private void inTransaction(Consumer<EntityManager> work) {
        try (EntityManager manager = entities.createEntityManager()) {
            manager.getTransaction().begin();
            work.accept(manager);
            manager.getTransaction().commit();
        }
    }

    /** How often each table of the store was read as a whole. */
    private List<Long> wholeReads() {
        return numbers("""
                select seq_scan from pg_stat_user_tables
                where relname in ('device', 'mqtt_session', 'offline_message', 'ended_session') order by relname""");
    }

    private String plan(String sql) {
        String numbered = sql;
        for (int i = 1; numbered.contains("?"); i++) {
            numbered = numbered.replaceFirst(Pattern.quote("?"), "\\$" + i);
        }
        List<String> lines = new ArrayList<>();
        query(unprepared, "explain (generic_plan) " + numbered, row -> lines.add(row.getString(1)));
        return String.join("\n", lines);
    }

    private List<Long> numbers(String sql) {
        List<Long> numbers = new ArrayList<>();
        query(database, sql, row -> numbers.add(row.getLong(1)));
        return numbers;
    }

    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private static void query(DataSource source, String sql, RowReader reader) {
        try (Connection connection = source.getConnection(); Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                reader.read(rows);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private void execute(String sql) {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
