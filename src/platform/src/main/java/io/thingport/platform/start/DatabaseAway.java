package io.thingport.platform.start;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tells a database that cannot work at present, and may again later, from a statement or a setting that is wrong. */
public final class DatabaseAway {

    /**
     * SQL states and their classes: the connection is broken or cannot be had (08), the database is read-only (25006), out
     * of resources such as disk (53), stopped or starting (57P), failed by its operating system (58); H2's for a file that
     * is locked, cannot be read or written, or is read-only.
     */
    private static final Pattern STATES = Pattern.compile("08...|25006|53...|57P..|58...|90020|90028|90031|90097");
    private static final int CAUSES_MAXIMUM = 20;

    private DatabaseAway() {
    }

    /** What the database said, when that it is away is behind a failure. */
    public static Optional<SQLException> behind(Throwable failure) {
        return causes(failure).filter(SQLException.class::isInstance).map(SQLException.class::cast)
                .filter(DatabaseAway::meant).findFirst();
    }

    /** Drivers and the container's data source tell it in different ways; H2's is an exception of its socket beneath. */
    private static boolean meant(SQLException e) {
        return e instanceof SQLTransientException || e instanceof SQLRecoverableException
                || e instanceof SQLNonTransientConnectionException
                || e.getSQLState() != null && STATES.matcher(e.getSQLState()).matches()
                || causes(e).anyMatch(IOException.class::isInstance);
    }

    private static Stream<Throwable> causes(Throwable e) {
        return Stream.iterate(e, t -> t != null, Throwable::getCause).limit(CAUSES_MAXIMUM);
    }
}
