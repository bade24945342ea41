package io.thingport.platform.store;

import io.thingport.platform.store.Rows.Range;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * The writer's own connection, with its statements prepared. Every method is one transaction; after an exception nothing
 * of it is known to be written, and {@link #rollback} or {@link #close} has to follow. One thread.
 */
final class WriterConnection implements AutoCloseable {

    static final String END_SESSION = "delete from mqtt_session where session_id = ?";
    static final String NOTE_ENDED = """
            insert into ended_session (session_id) select cast(? as bigint)
            where not exists (select 1 from ended_session where session_id = ?)""";
    static final String DELETE_SESSION = "delete from mqtt_session where device_id = ?";
    static final String UPDATE_SESSION = """
            update mqtt_session set session_id = ?, expiry_seconds = ?, expires_at = ?, run = ?, sent_through = ?,
                subscriptions = ?
            where device_id = ?""";
    static final String INSERT_SESSION = """
            insert into mqtt_session
                (session_id, expiry_seconds, expires_at, run, sent_through, subscriptions, device_id)
            values (?, ?, ?, ?, ?, ?, ?)""";
    static final String DELETE_MESSAGE = "delete from offline_message where session_id = ? and number = ?";
    static final String DELETE_RANGE = "delete from offline_message where session_id = ? and number between ? and ?";
    static final String ENDED_SESSIONS = "select session_id from ended_session order by session_id fetch first 50 rows only";
    static final String PURGE = """
            delete from offline_message where session_id = ? and number <= (
                select max(number) from (
                    select number from offline_message where session_id = ? order by number fetch first ? rows only
                ) as oldest)""";
    static final String FORGET_ENDED = "delete from ended_session where session_id = ?";

    private static final String INSERT_MESSAGES = """
            insert into offline_message
                (session_id, number, sent, created_at, expires_at, topic, payload, properties)
            values\s""";
    private static final String MESSAGE_VALUES = "(?, ?, ?, ?, ?, ?, ?, ?)";
    /** Rows of one insert statement. One of many rows costs far less than many of one row. */
    private static final int[] ROWS_OF_INSERTS = {128, 16, 1};

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    /** What a slice of purging came to. */
    record Purged(int messages, boolean more) {
    }

    private WriterConnection(Connection connection) {
        this.connection = connection;
    }

    static WriterConnection open(DataSource database) throws SQLException {
        Connection connection = database.getConnection();
        try {
            connection.setAutoCommit(false);
            return new WriterConnection(connection);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * @param again these rows, or some of them, may be there already
     * @return how many messages were deleted
     */
    int write(Rows rows, boolean again) throws SQLException {
        end(rows.ended());
        save(rows);
        if (again) {
            deleteEach(rows.messages());
        }
        insert(rows.messages());
        int deleted = delete(rows.deleted());
        connection.commit();
        return deleted;
    }

    /** Deletes messages of ended sessions, at most this many, and forgets ended sessions that have none left. */
    Purged purge(int limit) throws SQLException {
        List<Long> ended = new ArrayList<>();
        try (ResultSet found = statement(ENDED_SESSIONS).executeQuery()) {
            while (found.next()) {
                ended.add(found.getLong(1));
            }
        }
        int left = limit;
        PreparedStatement forget = statement(FORGET_ENDED);
        for (long sessionId : ended) {
            PreparedStatement purge = statement(PURGE);
            purge.setLong(1, sessionId);
            purge.setLong(2, sessionId);
            purge.setInt(3, left);
            left -= purge.executeUpdate();
            if (left == 0) {
                break; // it may have more
            }
            forget.setLong(1, sessionId);
            forget.addBatch();
        }
        forget.executeBatch();
        connection.commit();
        return new Purged(limit - left, !ended.isEmpty());
    }

    /** Undoes what has not been committed; the connection can be used on. */
    void rollback() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.close(); // a batch that was not executed stays in it
        }
        statements.clear();
        connection.rollback();
    }

    @Override
    public void close() throws SQLException {
        try {
            connection.rollback();
        } finally {
            connection.close();
        }
    }

    private void end(Collection<Long> sessionIds) throws SQLException {
        if (sessionIds.isEmpty()) {
            return;
        }
        PreparedStatement end = statement(END_SESSION);
        PreparedStatement note = statement(NOTE_ENDED);
        for (long sessionId : sessionIds) {
            end.setLong(1, sessionId);
            end.addBatch();
            note.setLong(1, sessionId);
            note.setLong(2, sessionId);
            note.addBatch();
        }
        end.executeBatch();
        note.executeBatch();
    }

    private void save(Rows rows) throws SQLException {
        List<Long> sessionless = rows.sessionless();
        if (!sessionless.isEmpty()) {
            PreparedStatement delete = statement(DELETE_SESSION);
            for (long deviceId : sessionless) {
                delete.setLong(1, deviceId);
                delete.addBatch();
            }
            delete.executeBatch();
        }
        List<SessionState> saved = rows.saved();
        if (saved.isEmpty()) {
            return;
        }
        PreparedStatement update = statement(UPDATE_SESSION);
        for (SessionState state : saved) {
            set(update, state);
        }
        int[] updated = update.executeBatch();
        List<SessionState> absent = new ArrayList<>();
        for (int i = 0; i < updated.length; i++) {
            if (updated[i] == 0) {
                absent.add(saved.get(i));
            }
        }
        if (absent.isEmpty()) {
            return;
        }
        PreparedStatement insert = statement(INSERT_SESSION);
        for (SessionState state : absent) {
            set(insert, state);
        }
        insert.executeBatch();
    }

    private static void set(PreparedStatement statement, SessionState state) throws SQLException {
        statement.setLong(1, state.sessionId());
        statement.setLong(2, state.expirySeconds());
        statement.setLong(3, state.expiresMillis());
        statement.setLong(4, state.run());
        statement.setLong(5, state.sentThrough());
        statement.setBytes(6, SubscriptionsCodec.encode(state.subscriptions()));
        statement.setLong(7, state.deviceId());
        statement.addBatch();
    }

    private void deleteEach(List<InsertMessage> messages) throws SQLException {
        if (messages.isEmpty()) {
            return;
        }
        PreparedStatement delete = statement(DELETE_MESSAGE);
        for (InsertMessage message : messages) {
            delete.setLong(1, message.sessionId());
            delete.setLong(2, message.number());
            delete.addBatch();
        }
        delete.executeBatch();
    }

    private void insert(List<InsertMessage> messages) throws SQLException {
        int from = 0;
        for (int rows : ROWS_OF_INSERTS) {
            int whole = (messages.size() - from) / rows;
            if (whole == 0) {
                continue;
            }
            PreparedStatement insert = statement(insertMessages(rows));
            for (int i = 0; i < whole; i++) {
                for (int row = 0; row < rows; row++) {
                    set(insert, row * 8, messages.get(from++));
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static String insertMessages(int rows) {
        return INSERT_MESSAGES + (MESSAGE_VALUES + ", ").repeat(rows - 1) + MESSAGE_VALUES;
    }

    private static void set(PreparedStatement insert, int before, InsertMessage row) throws SQLException {
        insert.setLong(before + 1, row.sessionId());
        insert.setLong(before + 2, row.number());
        insert.setBoolean(before + 3, row.sent());
        insert.setLong(before + 4, row.createdMillis());
        insert.setLong(before + 5, row.expiresMillis());
        insert.setString(before + 6, row.message().topic().toString());
        insert.setBytes(before + 7, row.message().payload().toByteArray());
        insert.setBytes(before + 8, PropertiesCodec.encode(row.message().properties()).orElse(null));
    }

    private int delete(List<Range> ranges) throws SQLException {
        if (ranges.isEmpty()) {
            return 0;
        }
        PreparedStatement delete = statement(DELETE_RANGE);
        for (Range range : ranges) {
            delete.setLong(1, range.sessionId());
            delete.setLong(2, range.from());
            delete.setLong(3, range.to());
            delete.addBatch();
        }
        int deleted = 0;
        for (int count : delete.executeBatch()) {
            deleted += count;
        }
        return deleted;
    }

    private PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement known = statements.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            statements.put(sql, known);
        }
        return known;
    }
}
