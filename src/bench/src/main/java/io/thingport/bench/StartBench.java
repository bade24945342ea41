package io.thingport.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Measures how long the server takes to start with few stored sessions and with many, in turns of starts. */
public final class StartBench {

    private static final byte[] NO_SUBSCRIPTIONS = {1, 0, 0, 0, 0};
    private static final long NEVER = Long.MAX_VALUE;
    private static final long NEVER_EXPIRES = 0xFFFF_FFFFL;

    private StartBench() {
    }

    /** {@code [--sessions N] [--database h2|postgresql] [--rounds N] [--liberty DIR] [--directory DIR]} */
    public static void main(String[] words) throws SQLException {
        Options options = new Options(words, Set.of("sessions", "database", "rounds", "liberty", "directory"));
        String database = options.text("database", "postgresql");
        int sessions = options.number("sessions", 1_000_000);
        int rounds = options.number("rounds", 7);
        Path directory = options.path("directory", "src/bench/target/start");
        Path liberty = options.path("liberty", "src/ear/target/liberty/wlp");
        Map<String, String> asProduced = Map.of("jvm.args", "");
        try (Trial few = new Trial(liberty, directory.resolve("few"), database, asProduced);
                Trial many = new Trial(liberty, directory.resolve("many"), database, asProduced)) {
            for (Trial trial : List.of(few, many)) {
                start(trial);
            }
            fill(many, database, sessions);
            List<Long> withFew = new ArrayList<>();
            List<Long> withMany = new ArrayList<>();
            for (int i = 1; i <= rounds; i++) {
                withFew.add(start(few));
                withMany.add(start(many));
                System.out.printf("round %d of %d: %d ms, with %,d sessions %d ms%n", i, rounds, withFew.get(i - 1), sessions,
                        withMany.get(i - 1));
            }
            System.out.printf("%s, median of %d starts: %d ms, with %,d sessions %d ms%n", database, rounds,
                    median(withFew), sessions, median(withMany));
        }
    }

    /** Starts the server, kills it when it is ready, and says how many milliseconds it took. */
    private static long start(Trial trial) {
        long begin = System.nanoTime();
        trial.server().launch();
        trial.awaitReady();
        long millis = (System.nanoTime() - begin) / 1_000_000;
        trial.server().close();
        return millis;
    }

    private static void fill(Trial trial, String database, int sessions) throws SQLException {
        boolean embedded = database.equals("h2");
        String numbers = embedded ? "(select x as i from system_range(1, %d))".formatted(sessions)
                : "(select i from generate_series(1, %d) i)".formatted(sessions);
        String url = embedded ? "jdbc:h2:file:" + trial.server().data().resolve("thingport") : trial.postgres().url();
        try (Connection connection = DriverManager.getConnection(url, embedded ? "thingport" : trial.postgres().user(),
                embedded ? "" : trial.postgres().password()); Statement statement = connection.createStatement()) {
            statement.execute("insert into product (id, product_key, name, created_at, classes_version, version)"
                    + " values (1, 'a1AbCdEfGhI', 'lamps', current_timestamp, 0, 0)");
            statement.execute("insert into device (id, product_key, device_name, iot_id, secret, enabled, created_at, version)"
                    + " select i, 'a1AbCdEfGhI', concat('lamp_', i), concat('iot', i), 'none', true, current_timestamp, 0 from "
                    + numbers + " n");
            try (PreparedStatement insert = connection.prepareStatement("insert into mqtt_session"
                    + " (device_id, session_id, expiry_seconds, expires_at, run, sent_through, subscriptions)"
                    + " select i, i, " + NEVER_EXPIRES + ", " + NEVER + ", 1, 0, cast(? as bytea) from " + numbers + " n")) {
                insert.setBytes(1, NO_SUBSCRIPTIONS);
                insert.executeUpdate();
            }
        }
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
