package io.thingport.platform.secrets;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.hibernate.Session;

/** The sealed secrets in the database, whosesoever. Calls block on it. */
@Stateless
public class SealedSecrets {

    private static final Logger LOG = System.getLogger(SealedSecrets.class.getName());
    private static final int BATCH = 500;

    @PersistenceContext(unitName = "thingport")
    private EntityManager entities;
    @Inject
    private SecretBox box;

    /** For the container. */
    public SealedSecrets() {
    }

    SealedSecrets(EntityManager entities, SecretBox box) {
        this.entities = entities;
        this.box = box;
    }

    /**
     * One step through a column.
     *
     * @param sealed how many secrets were sealed anew
     * @param next   where the next step begins; empty at the end
     */
    public record Step(int sealed, Optional<Object> next) {
    }

    /** How many secrets are sealed with each version of the master key. Looks at all of them. */
    public SortedMap<Integer, Long> countByVersion() {
        return count(entities);
    }

    /** Without a box, for the start, which has none yet. */
    static SortedMap<Integer, Long> count(EntityManager entities) {
        return entities.unwrap(Session.class).doReturningWork(SealedSecrets::count);
    }

    /**
     * Seals some 500 secrets of a column with the newest version of the master key, in one transaction. One that changes at
     * the same time is left as it is: the change wins.
     *
     * @param after where the step before ended; empty to begin
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public Step seal(SealedColumn column, Optional<Object> after) {
        return entities.unwrap(Session.class)
                .doReturningWork(connection -> seal(connection, column, after.orElse(column.start())));
    }

    private static SortedMap<Integer, Long> count(Connection connection) throws SQLException {
        SortedMap<Integer, Long> sum = new TreeMap<>();
        try (Statement statement = connection.createStatement()) {
            for (SealedColumn column : SealedColumn.values()) {
                try (ResultSet rows = statement.executeQuery(column.count())) {
                    while (rows.next()) {
                        sum.merge(rows.getInt(1), rows.getLong(2), Long::sum);
                    }
                }
            }
        }
        return sum;
    }

    private Step seal(Connection connection, SealedColumn column, Object after) throws SQLException {
        List<Row> rows = rows(connection, column, after);
        int sealed = 0;
        try (PreparedStatement replace = connection.prepareStatement(column.replace())) {
            for (Row row : rows) {
                if (box.isOld(row.sealed())) {
                    try {
                        replace.setString(1, box.seal(box.open(row.sealed(), row.owner()), row.owner()));
                        replace.setObject(2, row.id());
                        replace.setString(3, row.sealed());
                        replace.addBatch();
                        sealed++;
                    } catch (SecretUnreadableException e) {
                        LOG.log(Level.WARNING, "{0}; it stays as it is", e.getMessage());
                    }
                }
            }
            if (sealed > 0) {
                sealed = IntStream.of(replace.executeBatch()).map(n -> n == 0 ? 0 : 1).sum();
            }
        }
        return new Step(sealed, rows.size() < BATCH ? Optional.empty() : Optional.of(rows.get(rows.size() - 1).id()));
    }

    private static List<Row> rows(Connection connection, SealedColumn column, Object after) throws SQLException {
        List<Row> rows = new ArrayList<>(BATCH);
        try (PreparedStatement page = connection.prepareStatement(column.page())) {
            page.setObject(1, after);
            page.setInt(2, BATCH);
            try (ResultSet found = page.executeQuery()) {
                while (found.next()) {
                    rows.add(new Row(found.getObject(1), found.getString(2), found.getString(3)));
                }
            }
        }
        return rows;
    }

    private record Row(Object id, String owner, String sealed) {
    }
}
