package io.thingport.platform.store;

import io.thingport.platform.store.WriterConnection.Purged;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * Tries to write, and knows whether that succeeds at present. Opens the connection when it needs one and has none; gives it
 * up when the database cannot be written. The writer's thread, but for {@link #status}.
 */
final class Attempts {

    private static final Logger LOG = System.getLogger(Attempts.class.getName());

    private final DataSource database;
    private final Clock clock;
    private final WriterCounters counters;

    private Optional<WriterConnection> open = Optional.empty();
    private String problem = "";
    private volatile StoreStatus status = StoreStatus.WRITING; // health checks read it

    Attempts(DataSource database, Clock clock, WriterCounters counters) {
        this.database = database;
        this.clock = clock;
        this.counters = counters;
    }

    StoreStatus status() {
        return status;
    }

    /**
     * Writes changes in one transaction.
     *
     * @param again they may have been written before, all or some
     * @return why nothing is known to be written; empty when all of it is
     */
    Optional<Failure> write(List<Waiting> changes, boolean again) {
        Rows rows = new Rows(changes);
        if (!isOpen()) {
            return Optional.of(Failure.UNAVAILABLE);
        }
        try {
            long start = System.nanoTime();
            int deleted = open.get().write(rows, again);
            counters.committed(changes.size(), rows.messages().size(), deleted,
                    TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
            succeeded();
            return Optional.empty();
        } catch (SQLException | RuntimeException | Error e) {
            return Optional.of(failed(e));
        }
    }

    /** Deletes a slice of messages whose session is over; empty when the database cannot do that now. */
    Optional<Purged> purge(int limit) {
        if (!isOpen()) {
            return Optional.empty();
        }
        try {
            Purged purged = open.get().purge(limit);
            counters.purged(purged.messages());
            succeeded();
            return Optional.of(purged);
        } catch (SQLException | RuntimeException | Error e) {
            if (failed(e) != Failure.UNAVAILABLE) {
                LOG.log(Level.WARNING, "messages of ended sessions cannot be deleted: {0}", problem);
            }
            return Optional.empty();
        }
    }

    /** There will be no further attempt. */
    void end() {
        close();
        status = new StoreStatus(status.failingSince().or(() -> Optional.of(clock.instant())),
                Optional.of("the writer has ended"));
    }

    /** Notes that nothing can be written at present, for the reason that the last attempt failed for. */
    void unavailable() {
        if (status.failingSince().isEmpty()) {
            LOG.log(Level.WARNING, "messages and sessions cannot be written; they wait: {0}", problem);
        }
        status = new StoreStatus(status.failingSince().or(() -> Optional.of(clock.instant())), Optional.of(problem));
    }

    /** Why the last attempt failed; nothing of what was to be written is in it. */
    String problem() {
        return problem;
    }

    private void succeeded() {
        if (status.failingSince().isPresent()) {
            LOG.log(Level.INFO, "messages and sessions can be written again");
            status = StoreStatus.WRITING;
        }
    }

    /** Opens the connection if there is none. */
    private boolean isOpen() {
        if (open.isEmpty()) {
            try {
                open = Optional.of(WriterConnection.open(database));
            } catch (SQLException | RuntimeException e) {
                away(e);
            }
        }
        return open.isPresent();
    }

    private Failure failed(Throwable thrown) {
        Failure failure = Failure.of(thrown);
        if (failure == Failure.UNAVAILABLE || !rollback()) {
            away(thrown);
            return Failure.UNAVAILABLE;
        }
        problem = describe(thrown); // its message may quote a row
        return failure;
    }

    private void away(Throwable thrown) {
        problem = describe(thrown) + ": " + thrown.getMessage();
        unavailable();
        close();
    }

    private static String describe(Throwable thrown) {
        return thrown.getClass().getSimpleName()
                + Failure.state(thrown).map(state -> ", SQLState " + state).orElse("");
    }

    /** @return false when the connection is of no use any more */
    private boolean rollback() {
        try {
            open.orElseThrow().rollback();
            return true;
        } catch (SQLException | RuntimeException e) {
            LOG.log(Level.DEBUG, "a transaction could not be rolled back", e);
            return false;
        }
    }

    /** Gives the connection up. */
    private void close() {
        open.ifPresent(connection -> {
            try {
                connection.close();
            } catch (SQLException | RuntimeException e) {
                LOG.log(Level.DEBUG, "a connection to the database could not be closed", e);
            }
        });
        open = Optional.empty();
    }
}
