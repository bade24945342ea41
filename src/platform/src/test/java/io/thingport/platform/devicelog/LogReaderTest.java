package io.thingport.platform.devicelog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.platform.registry.Page;
import io.thingport.platform.registry.RegistryException;
import io.thingport.platform.start.TestDatabase;
import io.thingport.platform.start.TestDatabase.Kind;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import javax.sql.DataSource;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LogReaderTest {

    private static final long NOON = 1_790_000_000_000L;

    private TestDatabase database;

    @ParameterizedTest
    @EnumSource
    void theNewestComeFirst(Kind kind) throws SQLException {
        write(kind, Entries.publish(NOON, "lamp_1"), Entries.publish(NOON + 1, "lamp_2"));

        assertThat(find(LogFilter.ALL)).containsExactly("lamp_2", "lamp_1");
    }

    @ParameterizedTest
    @EnumSource
    void aPageLeadsToTheNext(Kind kind) throws SQLException {
        write(kind, Entries.publish(NOON, "lamp_1"), Entries.publish(NOON, "lamp_2"), Entries.publish(NOON, "lamp_3"));

        Page<LogLine> first = page(Optional.empty());
        Page<LogLine> second = page(first.next());

        assertThat(names(first.items())).containsExactly("lamp_3", "lamp_2");
        assertThat(names(second.items())).containsExactly("lamp_1");
        assertThat(second.next()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aCursorOfSomethingElseIsRefused(Kind kind) {
        database = TestDatabase.open(kind);

        assertThatThrownBy(() -> page(Optional.of("1k"))).isInstanceOf(RegistryException.class);
    }

    @ParameterizedTest
    @EnumSource
    void eachPartOfAFilterNarrowsIt(Kind kind) throws SQLException {
        LogEntry everything = Entries.everything(NOON);
        write(kind, Entries.publish(NOON, "lamp_2"), everything, Entries.stranger(NOON, "198.51.100.9"));

        assertThat(find(filter(Set.of(Entries.PRODUCT_KEY), Optional.of("lamp_1")))).containsExactly("lamp_1");
        assertThat(find(filter(Set.of(Entries.PRODUCT_KEY), Optional.empty()))).containsExactly("lamp_1", "lamp_2");
        assertThat(find(filter(Set.of("other", "another"), Optional.empty()))).isEmpty();
        assertThat(find(filter(Set.of("other", Entries.PRODUCT_KEY), Optional.of("lamp_1")))).containsExactly("lamp_1");
        assertThat(find(address("198.51.100.9"))).containsExactly("nobody");
        assertThat(find(kinds(Set.of(LogKind.RRPC)))).containsExactly("lamp_1");
        assertThat(find(kinds(Set.of(LogKind.RRPC, LogKind.CONNECT)))).containsExactly("nobody", "lamp_1");
        assertThat(find(failed(true))).containsExactly("nobody", "lamp_1");
        assertThat(find(failed(false))).containsExactly("lamp_2");
        assertThat(find(message(1L << 62))).containsExactly("lamp_1");
        assertThat(find(keyword("reply in"))).containsExactly("lamp_1");
        assertThat(find(keyword("user/get"))).containsExactly("lamp_1");
        assertThat(find(keyword("protocol"))).containsExactly("lamp_1");
        assertThat(find(keyword("%"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aTimeIncludesItsBeginningAndNotItsEnd(Kind kind) throws SQLException {
        write(kind, Entries.publish(NOON - 1, "lamp_1"), Entries.publish(NOON, "lamp_2"), Entries.publish(NOON + 9, "lamp_3"),
                Entries.publish(NOON + 10, "lamp_4"));

        assertThat(names(lines(new LogQuery(LogFilter.ALL, at(NOON), at(NOON + 10))))).containsExactly("lamp_3", "lamp_2");
    }

    @Test
    void aTimeBeyondAllEntriesFindsThem() throws SQLException {
        write(Kind.H2, Entries.publish(NOON, "lamp_1"));

        assertThat(names(lines(new LogQuery(LogFilter.ALL, Optional.of(Instant.MIN), Optional.of(Instant.MAX)))))
                .containsExactly("lamp_1");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsFoundIsCountedUpToABound(Kind kind) throws SQLException {
        write(kind, Entries.publish(NOON, "lamp_1"), Entries.publish(NOON, "lamp_2"), Entries.publish(NOON, "lamp_3"));

        assertThat(count(10)).isEqualTo(3);
        assertThat(count(2)).isEqualTo(2);
    }

    @Test
    void aFollowerIsShownWhatAQueryFinds() {
        LogEntry entry = Entries.everything(NOON);

        assertThat(List.of(filter(Set.of(Entries.PRODUCT_KEY), Optional.of("lamp_1")), address(Entries.ADDRESS),
                kinds(Set.of(LogKind.RRPC)), failed(true), message(1L << 62), keyword("reply in"), keyword("user/get"),
                keyword("protocol"))).allMatch(filter -> filter.matches(entry));
        assertThat(List.of(filter(Set.of(Entries.PRODUCT_KEY), Optional.of("lamp_2")), address("198.51.100.9"),
                kinds(Set.of(LogKind.CONNECT)), failed(false), message(1), keyword("%")))
                .noneMatch(filter -> filter.matches(entry));
    }

    /**
     * Its rows are read in the order of the index, as many as are asked for and not as many as there are. What is sought is
     * rare, so that looking through all would cost PostgreSQL many times as much.
     */
    @ParameterizedTest
    @EnumSource
    void eachQueryFollowsAnIndex(Kind kind) throws SQLException {
        DataSource full = TestDatabase.migrated(kind);
        execute(full, """
                insert into device_log (id, at, kind, failed, code, product_key, device_name, address, message_id)
                select i * cast(1048576 as bigint), i, case when mod(i, 200) = 0 then 'CONNECT' else 'PUBLISH_UP' end, mod(i, 1000) = 0, 200,
                    'p' || mod(i, 200), 'd' || mod(i, 1000), '192.0.2.' || mod(i, 200), i
                from %s""".formatted(kind == Kind.H2 ? "system_range(1, 20000) as r(i)" : "generate_series(1, 20000) as i"));
        execute(full, "analyze");
        Map<LogFilter, String> expected = new LinkedHashMap<>();
        expected.put(LogFilter.ALL, kind == Kind.H2 ? "primary_key" : "device_log_pk");
        expected.put(filter(Set.of("p13"), Optional.of("d13")), "device_log_device");
        expected.put(filter(Set.of("p13"), Optional.empty()), "device_log_product");
        expected.put(address("192.0.2.77"), "device_log_address");
        expected.put(kinds(Set.of(LogKind.CONNECT)), "device_log_kind");
        expected.put(failed(true), "device_log_failed");
        expected.put(message(77), "device_log_message");

        for (Map.Entry<LogFilter, String> entry : expected.entrySet()) {
            String plan = plan(full, kind, entry.getKey()).toLowerCase();
            assertThat(plan).contains(entry.getValue()).doesNotContain("seq scan");
            if (kind == Kind.H2) {
                assertThat(plan).contains("index sorted");
            }
        }
    }

    private static String plan(DataSource source, Kind kind, LogFilter filter) throws SQLException {
        List<String> asked = new ArrayList<>();
        StatementInspector inspector = sql -> {
            asked.add(sql);
            return sql;
        };
        try (EntityManagerFactory factory = Persistence.createEntityManagerFactory("thingport", Map.of(
                "jakarta.persistence.transactionType", "RESOURCE_LOCAL", "jakarta.persistence.nonJtaDataSource", source,
                "hibernate.session_factory.statement_inspector", inspector));
                var entities = factory.createEntityManager()) {
            new LogReader(entities).page(query(filter), Optional.empty(), 50);
        }
        return explain(source, asked.get(0), filter);
    }

    private static String explain(DataSource source, String sql, LogFilter filter) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (Connection connection = source.getConnection();
                PreparedStatement explain = connection.prepareStatement("explain " + sql)) {
            int place = 1;
            explain.setLong(place++, Long.MAX_VALUE);
            for (Object value : values(filter)) {
                explain.setObject(place++, value);
            }
            explain.setInt(place, 51);
            try (ResultSet rows = explain.executeQuery()) {
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
            }
        }
        return plan.toString();
    }

    private static List<Object> values(LogFilter filter) {
        List<Object> values = new ArrayList<>();
        filter.messageId().ifPresent(values::add);
        values.addAll(filter.products());
        filter.deviceName().ifPresent(values::add);
        filter.address().ifPresent(values::add);
        filter.kinds().forEach(kind -> values.add(kind.name()));
        filter.failed().ifPresent(values::add);
        return values;
    }

    private static void execute(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void write(Kind kind, LogEntry... entries) throws SQLException {
        database = TestDatabase.open(kind);
        List<LogLine> lines = new ArrayList<>();
        long last = 0;
        for (LogEntry entry : entries) {
            LogLine line = LogLine.after(last, entry);
            last = line.id();
            lines.add(line);
        }
        new LogTable(database.dataSource()).insert(lines, false);
    }

    private List<String> find(LogFilter filter) {
        return names(lines(query(filter)));
    }

    private List<LogLine> lines(LogQuery query) {
        return database.call(entities -> new LogReader(entities).lines(query, 0, 100));
    }

    private Page<LogLine> page(Optional<String> after) {
        return database.call(entities -> new LogReader(entities).page(query(LogFilter.ALL), after, 2));
    }

    private int count(int most) {
        return database.call(entities -> new LogReader(entities).count(query(LogFilter.ALL), most));
    }

    private static List<String> names(List<LogLine> lines) {
        return lines.stream().map(line -> line.entry().deviceName().orElse("nobody")).toList();
    }

    private static LogQuery query(LogFilter filter) {
        return new LogQuery(filter, Optional.empty(), Optional.empty());
    }

    private static Optional<Instant> at(long millis) {
        return Optional.of(Instant.ofEpochMilli(millis));
    }

    private static LogFilter filter(Set<String> products, Optional<String> deviceName) {
        return new LogFilter(products, deviceName, Optional.empty(), Set.of(), Optional.empty(), OptionalLong.empty(),
                Optional.empty());
    }

    private static LogFilter address(String address) {
        return new LogFilter(Set.of(), Optional.empty(), Optional.of(address), Set.of(), Optional.empty(),
                OptionalLong.empty(), Optional.empty());
    }

    private static LogFilter kinds(Set<LogKind> kinds) {
        return new LogFilter(Set.of(), Optional.empty(), Optional.empty(), kinds, Optional.empty(), OptionalLong.empty(),
                Optional.empty());
    }

    private static LogFilter failed(boolean failed) {
        return new LogFilter(Set.of(), Optional.empty(), Optional.empty(), Set.of(), Optional.of(failed),
                OptionalLong.empty(), Optional.empty());
    }

    private static LogFilter message(long id) {
        return new LogFilter(Set.of(), Optional.empty(), Optional.empty(), Set.of(), Optional.empty(), OptionalLong.of(id),
                Optional.empty());
    }

    private static LogFilter keyword(String word) {
        return new LogFilter(Set.of(), Optional.empty(), Optional.empty(), Set.of(), Optional.empty(), OptionalLong.empty(),
                Optional.of(word));
    }
}
