package io.thingport.bench;

import io.thingport.mqtt.Message;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.TopicName;
import io.thingport.platform.store.GroupCommitWriter;
import io.thingport.platform.store.WriterLimits;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Rows per second of the store's writer beside those of a plain JDBC batch of the same rows (1,000 rows a transaction, one
 * row a statement) in the same database, in turns; and how long a single message takes until it is committed. CPU is that
 * of this process, an embedded database included, and that of PostgreSQL's processes.
 *
 * <p>{@code java -cp "src/bench/target/classes:src/bench/target/lib/*" io.thingport.bench.StoreBench
 * [--database h2|postgresql] [--rows 200000] [--rounds 5] [--payload 256] [--singles 500] [--directory DIR]}
 */
public final class StoreBench {

    private static final int BATCH = 1000;
    private static final int ROWS_OF_A_SESSION = 1000;
    private static final String INSERT = """
            insert into offline_message
                (session_id, number, sent, created_at, expires_at, topic, payload, properties)
            values (?, ?, ?, ?, ?, ?, ?, ?)""";

    private final DataSource database;
    private final Supplier<Duration> databaseCpu;
    private final int rows;
    private final Message message;
    private final BenchLoop loop = new BenchLoop();
    private long session;

    /** Rows per second, and microseconds of CPU for each, of this process and of the database's. */
    private record Speed(double rows, double ownCpu, double databaseCpu) {
    }

    private StoreBench(DataSource database, Supplier<Duration> databaseCpu, int rows, int payload) {
        this.database = database;
        this.databaseCpu = databaseCpu;
        this.rows = rows;
        byte[] bytes = new byte[payload];
        new Random(1).nextBytes(bytes);
        this.message = Message.of(TopicName.of("/a1AbCdEfGhI/lamp_0001/user/get"), QoS.AT_LEAST_ONCE, Payload.of(bytes));
    }

    public static void main(String[] arguments) throws Exception {
        Options options = new Options(arguments, Set.of("database", "directory", "rows", "payload", "rounds", "singles"));
        String kind = options.text("database", "h2");
        Path directory = Path.of(options.text("directory", "src/bench/target/store-bench")).toAbsolutePath();
        Files.createDirectories(directory);
        Path data = Files.createTempDirectory(directory, kind);
        if (kind.equals("postgresql")) {
            try (Postgres server = new Postgres(data.resolve("data")).start()) {
                PGSimpleDataSource source = new PGSimpleDataSource();
                source.setUrl(server.url());
                source.setUser(server.user());
                source.setPassword(server.password());
                run(options, kind, source, server::cpu);
            }
        } else {
            JdbcDataSource source = new JdbcDataSource();
            source.setURL("jdbc:h2:file:" + data.resolve("thingport") + ";WRITE_DELAY=0;DB_CLOSE_DELAY=-1");
            run(options, kind, source, () -> Duration.ZERO);
        }
        System.exit(0); // threads of embedded databases
    }

    private static void run(Options options, String kind, DataSource database, Supplier<Duration> databaseCpu)
            throws Exception {
        Flyway.configure().dataSource(database).locations("classpath:db-migrations").load().migrate();
        StoreBench bench = new StoreBench(database, databaseCpu, options.number("rows", 200_000),
                options.number("payload", 256));
        bench.plain(); // warm up
        bench.writer();
        List<Speed> plain = new ArrayList<>();
        List<Speed> writer = new ArrayList<>();
        for (int round = 1; round <= options.number("rounds", 5); round++) {
            plain.add(bench.plain());
            writer.add(bench.writer());
            print("%s round %d: plain %.0f rows/s, writer %.0f rows/s", kind, round, plain.get(round - 1).rows(),
                    writer.get(round - 1).rows());
        }
        double share = median(writer).rows() / median(plain).rows();
        report(kind, "plain JDBC batch", median(plain));
        report(kind, "writer", median(writer));
        print("%s: writer / plain = %.2f (median of rounds)", kind, share);
        int singles = options.number("singles", 500);
        latency(kind, "plain, one at a time", bench.plainSingles(singles));
        latency(kind, "writer, one at a time", bench.writerSingles(singles));
    }

    private Speed plain() throws SQLException {
        return measure(() -> {
            try (Connection connection = database.getConnection();
                    PreparedStatement insert = connection.prepareStatement(INSERT)) {
                connection.setAutoCommit(false);
                for (int i = 0; i < rows; i++) {
                    add(insert, row(i, new CountDownLatch(0)));
                    if (i % BATCH == BATCH - 1 || i == rows - 1) {
                        insert.executeBatch();
                        connection.commit();
                    }
                }
            }
        });
    }

    private Speed writer() throws SQLException {
        GroupCommitWriter writer = startWriter();
        CountDownLatch left = new CountDownLatch(rows);
        Speed speed = measure(() -> {
            for (int i = 0; i < rows; i++) {
                BenchRow row = row(i, left);
                while (!writer.insert(row)) {
                    LockSupport.parkNanos(100_000);
                }
            }
            left.await();
        });
        writer.stop();
        return speed;
    }

    private long[] plainSingles(int count) throws SQLException {
        long[] nanos = new long[count];
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            connection.setAutoCommit(false);
            nextSessions();
            for (int i = 0; i < count; i++) {
                long start = System.nanoTime();
                add(insert, row(i, new CountDownLatch(0)));
                insert.executeBatch();
                connection.commit();
                nanos[i] = System.nanoTime() - start;
            }
        }
        return nanos;
    }

    private long[] writerSingles(int count) throws InterruptedException {
        GroupCommitWriter writer = startWriter();
        long[] nanos = new long[count];
        nextSessions();
        for (int i = 0; i < count; i++) {
            CountDownLatch left = new CountDownLatch(1);
            long start = System.nanoTime();
            writer.insert(row(i, left));
            left.await();
            nanos[i] = System.nanoTime() - start;
        }
        writer.stop();
        return nanos;
    }

    private GroupCommitWriter startWriter() {
        GroupCommitWriter writer = new GroupCommitWriter(database, Thread::new, WriterLimits.DEFAULTS, Clock.systemUTC());
        writer.start();
        return writer;
    }

    private interface Work {
        void run() throws SQLException, InterruptedException;
    }

    private Speed measure(Work work) throws SQLException {
        empty();
        nextSessions();
        Duration cpu = ownCpu();
        Duration theirCpu = databaseCpu.get();
        long start = System.nanoTime();
        try {
            work.run();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Speed(rows / seconds, micros(ownCpu().minus(cpu)), micros(databaseCpu.get().minus(theirCpu)));
    }

    private double micros(Duration cpu) {
        return cpu.toNanos() / 1e3 / rows;
    }

    private void empty() throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("truncate table offline_message");
        }
    }

    private void nextSessions() {
        session += 1_000_000;
    }

    private BenchRow row(int index, CountDownLatch left) {
        return new BenchRow(loop, session + index / ROWS_OF_A_SESSION, index % ROWS_OF_A_SESSION + 1, message, left);
    }

    private static void add(PreparedStatement insert, BenchRow row) throws SQLException {
        insert.setLong(1, row.sessionId());
        insert.setLong(2, row.number());
        insert.setBoolean(3, row.sent());
        insert.setLong(4, row.createdMillis());
        insert.setLong(5, row.expiresMillis());
        insert.setString(6, row.message().topic().toString());
        insert.setBytes(7, row.message().payload().toByteArray());
        insert.setBytes(8, null);
        insert.addBatch();
    }

    private static Duration ownCpu() {
        return Duration.ofNanos(((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime());
    }

    private static Speed median(List<Speed> speeds) {
        return speeds.stream().sorted((a, b) -> Double.compare(a.rows(), b.rows())).toList().get(speeds.size() / 2);
    }

    private static void report(String kind, String what, Speed speed) {
        print("%s %s: %.0f rows/s, CPU per row %.1f us here, %.1f us in the database's processes", kind, what,
                speed.rows(), speed.ownCpu(), speed.databaseCpu());
    }

    private static void latency(String kind, String what, long[] nanos) {
        Arrays.sort(nanos);
        print("%s %s: committed after p50 %.2f ms, p99 %.2f ms", kind, what, nanos[nanos.length / 2] / 1e6,
                nanos[nanos.length * 99 / 100] / 1e6);
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
