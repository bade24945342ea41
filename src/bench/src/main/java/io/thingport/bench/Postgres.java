package io.thingport.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A PostgreSQL of one's own that writes as a production one does, and that can be stopped, paused and made read-only. Its
 * data stay when it stops. For one thread at a time.
 */
public final class Postgres implements AutoCloseable {

    private static final String LOG = "log";
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Path data;
    private final int port;
    private Optional<EmbeddedPostgres> server = Optional.empty();

    /**
     * One that does not run yet.
     *
     * @param data the directory of its data; made when it is not there
     */
    public Postgres(Path data) {
        this.data = data.toAbsolutePath();
        this.port = ServerProcess.freePort();
    }

    /** Starts it and waits until it answers. */
    public Postgres start() {
        try {
            Files.createDirectories(data.getParent());
            server = Optional.of(EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("wal_sync_method", "fdatasync")
                    .setServerConfig("logging_collector", "on")
                    .setServerConfig("log_directory", LOG)
                    .setServerConfig("log_line_prefix", "[%p]%a:")
                    .setPGStartupWait(DEADLINE)
                    .start());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return url("postgres");
    }

    /** The URL of another of its databases. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    public String user() {
        return "postgres";
    }

    /** It trusts everybody on its machine; whoever connects has to have one all the same. */
    public String password() {
        return "postgres";
    }

    /** Makes an empty database and returns its URL. */
    public String create(String database) {
        execute("create database " + database);
        return url(database);
    }

    /** Runs a statement as its superuser. */
    public void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(url(), user(), password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Refuses, or again allows, every write from the next transaction on. */
    public void readOnly(boolean on) {
        execute("alter system set default_transaction_read_only = " + (on ? "on" : "off"));
        execute("select pg_reload_conf()");
    }

    /** Logs every statement from now on, or not any more. */
    public void logStatements(boolean on) {
        execute("alter system set log_statement = " + (on ? "'all'" : "'none'"));
        execute("select pg_reload_conf()");
    }

    /**
     * Statements of an application that it has logged. A batch, which is logged row by row, counts once; what begins and ends
     * transactions or tries a connection does not.
     *
     * @param application its name
     */
    public long loggedStatements(String application) {
        Pattern line = Pattern.compile("\\[(\\d+)]" + application + ":LOG:  (?:execute [^:]*|statement): (\\S.*)");
        long count = 0;
        try (Stream<Path> files = Files.list(data.resolve(LOG))) {
            for (Path file : files.sorted().toList()) {
                Map<String, String> latest = new HashMap<>(); // by process
                for (String text : Files.readAllLines(file)) {
                    Matcher statement = line.matcher(text);
                    if (statement.find()) {
                        String sql = statement.group(2);
                        boolean again = sql.equals(latest.put(statement.group(1), sql));
                        if (!again && !sql.matches("(BEGIN|COMMIT|ROLLBACK|SET .*)")) {
                            count++;
                        }
                    }
                }
            }
            return count;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops all of its processes where they are: connections stay open, new ones are taken by the kernel, nothing answers. */
    public void pause() {
        signal("STOP", processes());
    }

    /** Lets it go on after {@link #pause}. */
    public void resume() {
        signal("CONT", processes());
    }

    /** Ends it as a crash does, without a checkpoint, and waits until its processes are gone. */
    public void crash() {
        List<ProcessHandle> all = processes();
        signal("QUIT", all.subList(0, 1));
        all.forEach(process -> process.onExit().orTimeout(DEADLINE.toSeconds(), TimeUnit.SECONDS).join());
        close();
    }

    @Override
    public void close() {
        server.ifPresent(running -> {
            try {
                running.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        server = Optional.empty();
    }

    /** The CPU time that its processes which run now have used. */
    public Duration cpu() {
        return processes().stream().map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** The postmaster and its children; the postmaster first. */
    private List<ProcessHandle> processes() {
        try (Stream<String> lines = Files.lines(data.resolve("postmaster.pid"))) {
            ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(lines.findFirst().orElseThrow().strip()))
                    .orElseThrow(() -> new IllegalStateException("PostgreSQL does not run"));
            List<ProcessHandle> all = new ArrayList<>(List.of(postmaster));
            postmaster.descendants().forEach(all::add);
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void signal(String name, List<ProcessHandle> processes) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        try {
            new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start()
                    .waitFor(); // one that has ended meanwhile is none to be signalled
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
