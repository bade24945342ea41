package io.thingport.platform.store;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Optional;
import java.util.Set;

/** What it means that a transaction has failed. */
enum Failure {

    /** The database is away, overloaded, locked or full: the same may succeed later. */
    UNAVAILABLE,
    /** A row is at fault. */
    DATA,
    /** Either: it depends on whether other rows fare better. */
    UNKNOWN;

    // Classes of SQLState. 08 connection, 25 read-only or broken transaction, 28 sign-in, 40 rolled back, 53 resources,
    // 55 lock, 57 operator, 58 system; 90 are H2's own (closed, locked, out of space), HYT time-outs
    private static final Set<String> UNAVAILABLE_CLASSES =
            Set.of("08", "25", "28", "40", "53", "55", "57", "58", "90", "HYT");
    // 22 value, 23 constraint, 54 larger than the database's limits
    private static final Set<String> DATA_CLASSES = Set.of("22", "23", "54");

    static Failure of(Throwable thrown) {
        if (thrown instanceof SQLTransientException || thrown instanceof SQLRecoverableException
                || thrown instanceof SQLNonTransientConnectionException) {
            return UNAVAILABLE;
        }
        String state = state(thrown).orElse("");
        if (UNAVAILABLE_CLASSES.stream().anyMatch(state::startsWith)) {
            return UNAVAILABLE;
        }
        return DATA_CLASSES.stream().anyMatch(state::startsWith) ? DATA : UNKNOWN;
    }

    /** The SQLState; that of the next exception where a batch's has none. */
    static Optional<String> state(Throwable thrown) {
        if (thrown instanceof SQLException e) {
            return Optional.ofNullable(e.getSQLState())
                    .or(() -> Optional.ofNullable(e.getNextException()).flatMap(Failure::state));
        }
        return Optional.empty();
    }
}
