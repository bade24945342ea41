package io.thingport.platform.devicelog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import javax.sql.DataSource;

/** Writes lines and deletes old ones, each call in a transaction of its own. Blocks; the writer's thread. */
final class LogTable {

    static final String INSERT = """
            insert into device_log (id, at, kind, failed, code, product_key, device_name, address, reason, topic, qos,
                payload_size, message_id, packet_id, duration_millis, user_properties, details, payload)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    static final String DELETE_RANGE = "delete from device_log where id between ? and ?";
    static final String DELETE_OLDEST = """
            delete from device_log where id <= (
                select max(id) from (
                    select id from device_log where id < ? order by id fetch first ? rows only
                ) as oldest)""";
    static final String LAST = "select max(id) from device_log";
    static final String COUNT = "select count(*) from device_log";

    private final DataSource database;

    LogTable(DataSource database) {
        this.database = database;
    }

    private interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    /**
     * @param lines in their order
     * @param again some of them may be there already
     */
    void insert(List<LogLine> lines, boolean again) throws SQLException {
        inTransaction(connection -> {
            if (again) {
                deleteRange(connection, lines.get(0).id(), lines.get(lines.size() - 1).id());
            }
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                for (LogLine line : lines) {
                    set(insert, line);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            return lines.size();
        });
    }

    /** Deletes up to so many of the oldest lines with an id below this one, and says how many. */
    int deleteOldest(long below, int limit) throws SQLException {
        return inTransaction(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(DELETE_OLDEST)) {
                delete.setLong(1, below);
                delete.setInt(2, limit);
                return delete.executeUpdate();
            }
        });
    }

    /** The greatest id; 0 when there is none. */
    long last() throws SQLException {
        return number(LAST);
    }

    long count() throws SQLException {
        return number(COUNT);
    }

    private long number(String sql) throws SQLException {
        return inTransaction(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql); ResultSet found = select.executeQuery()) {
                found.next();
                return found.getLong(1); // 0 for null
            }
        });
    }

    private <T> T inTransaction(Work<T> work) throws SQLException {
        try (Connection connection = open()) {
            connection.setAutoCommit(false);
            try {
                T result = work.in(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                rollback(connection, e);
                throw e;
            }
        }
    }

    /** Whatever the reason is for which there is no connection, there may be one later. */
    private Connection open() throws SQLTransientConnectionException {
        try {
            return database.getConnection();
        } catch (SQLException e) {
            throw new SQLTransientConnectionException(e.getMessage(), e.getSQLState(), e);
        }
    }

    private static void rollback(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException | RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    private static void deleteRange(Connection connection, long from, long to) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(DELETE_RANGE)) {
            delete.setLong(1, from);
            delete.setLong(2, to);
            delete.executeUpdate();
        }
    }

    private static void set(PreparedStatement insert, LogLine line) throws SQLException {
        LogEntry entry = line.entry();
        insert.setLong(1, line.id());
        insert.setLong(2, entry.millis());
        insert.setString(3, entry.kind().name());
        insert.setBoolean(4, entry.isFailure());
        insert.setInt(5, entry.code());
        text(insert, 6, entry.productKey());
        text(insert, 7, entry.deviceName());
        text(insert, 8, entry.address());
        text(insert, 9, entry.reason());
        text(insert, 10, entry.topic());
        number(insert, 11, entry.qos());
        number(insert, 12, entry.size());
        number(insert, 13, entry.messageId());
        number(insert, 14, entry.packetId());
        number(insert, 15, entry.duration().map(d -> OptionalLong.of(d.toMillis())).orElse(OptionalLong.empty()));
        text(insert, 16, Pairs.text(entry.userProperties()));
        text(insert, 17, Pairs.text(entry.details()));
        insert.setBytes(18, entry.payload().orElse(null));
    }

    /** PostgreSQL has no text with U+0000. */
    private static void text(PreparedStatement insert, int place, Optional<String> text) throws SQLException {
        insert.setString(place, text.map(t -> t.replace('\0', '\uFFFD')).orElse(null));
    }

    private static void number(PreparedStatement insert, int place, OptionalInt number) throws SQLException {
        if (number.isPresent()) {
            insert.setInt(place, number.getAsInt());
        } else {
            insert.setNull(place, Types.INTEGER);
        }
    }

    private static void number(PreparedStatement insert, int place, OptionalLong number) throws SQLException {
        if (number.isPresent()) {
            insert.setLong(place, number.getAsLong());
        } else {
            insert.setNull(place, Types.BIGINT);
        }
    }
}
