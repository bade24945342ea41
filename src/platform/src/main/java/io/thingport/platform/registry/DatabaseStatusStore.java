package io.thingport.platform.registry;

import jakarta.ejb.LocalBean;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;

/** Writes one JDBC batch. The rows' versions stay: a status is nobody's edit. */
@Stateless
@LocalBean
public class DatabaseStatusStore implements StatusStore {

    private static final int ADDRESS_MAXIMUM = 64;
    private static final String UPDATE = """
            update device set
                activated_at = coalesce(activated_at, ?),
                last_online = coalesce(?, last_online),
                last_offline = coalesce(?, last_offline),
                last_address = coalesce(?, last_address)
            where product_key = ? and device_name = ?""";

    @PersistenceContext(unitName = "thingport")
    private EntityManager entities;

    /** For the container. */
    public DatabaseStatusStore() {
    }

    DatabaseStatusStore(EntityManager entities) {
        this.entities = entities;
    }

    @Override
    public void write(List<Update> updates) {
        try {
            entities.unwrap(Session.class).doWork(connection -> write(connection, updates));
        } catch (RuntimeException e) {
            throw new StoreUnavailableException(e);
        }
    }

    private static void write(Connection connection, List<Update> updates) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
            for (Update update : updates) {
                set(statement, 1, update.online());
                set(statement, 2, update.online());
                set(statement, 3, update.offline());
                statement.setString(4, update.address().map(DatabaseStatusStore::fitting).orElse(null));
                statement.setString(5, update.key().productKey());
                statement.setString(6, update.key().deviceName());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static String fitting(String address) {
        return address.length() <= ADDRESS_MAXIMUM ? address : address.substring(0, ADDRESS_MAXIMUM);
    }

    private static void set(PreparedStatement statement, int index, Optional<Instant> when) throws SQLException {
        if (when.isPresent()) {
            statement.setObject(index, when.get().atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE);
        } else {
            statement.setNull(index, Types.TIMESTAMP_WITH_TIMEZONE);
        }
    }
}
