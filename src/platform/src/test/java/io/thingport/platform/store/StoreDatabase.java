package io.thingport.platform.store;

import io.thingport.platform.start.TestDatabase;
import io.thingport.platform.start.TestDatabase.Kind;
import io.thingport.platform.store.SessionSource.StoredMessage;
import io.thingport.platform.store.SessionSource.StoredSession;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import javax.sql.DataSource;

/** A database with devices 1 to 9 and none of their sessions. */
final class StoreDatabase {

    static final String PRODUCT_KEY = "a1AbCdEfGhI";

    final TestDatabase database;

    StoreDatabase(Kind kind) {
        database = TestDatabase.open(kind);
        execute("insert into product (id, product_key, name, created_at, classes_version, version)"
                + " values (1, '" + PRODUCT_KEY + "', 'lamps', current_timestamp, 0, 0)");
        LongStream.rangeClosed(1, 9).forEach(this::addDevice);
    }

    DataSource dataSource() {
        return database.dataSource();
    }

    private void addDevice(long id) {
        execute("insert into device (id, product_key, device_name, iot_id, secret, enabled, created_at, version)"
                + " values (" + id + ", '" + PRODUCT_KEY + "', 'lamp_" + id + "', 'iot" + id
                + "', 'sealed', true, current_timestamp, 0)");
    }

    void execute(String sql) {
        try (Connection connection = dataSource().getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of what a query gives. */
    List<Long> numbers(String sql) {
        try (Connection connection = dataSource().getConnection(); Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<Long> numbers = new ArrayList<>();
            while (rows.next()) {
                numbers.add(rows.getLong(1));
            }
            return numbers;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The numbers of the messages that wait in a session. */
    List<Long> messagesOf(long sessionId) {
        return numbers("select number from offline_message where session_id = " + sessionId + " order by number");
    }

    /** The session a device has. */
    List<Long> sessionOf(long deviceId) {
        return numbers("select session_id from mqtt_session where device_id = " + deviceId);
    }

    /** Has a writer write changes, to the end. */
    void write(Change... changes) {
        GroupCommitWriter writer = new GroupCommitWriter(dataSource(), TestThreads.DAEMONS, WriterLimits.DEFAULTS,
                Clock.systemUTC());
        for (Change change : changes) {
            if (change instanceof InsertMessage message) {
                writer.insert(message);
            } else {
                writer.submit(change);
            }
        }
        writer.start();
        writer.stop();
    }

    Map<Long, StoredSession> sessions(List<Long> deviceIds) {
        return database.call(entities -> new DatabaseSessions(entities).sessions(deviceIds));
    }

    List<StoredMessage> messages(long sessionId, long from, int limit) {
        return database.call(entities -> new DatabaseSessions(entities).messages(sessionId, from, limit));
    }
}
