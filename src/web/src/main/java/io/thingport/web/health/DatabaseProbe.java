package io.thingport.web.health;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;

/**
 * Asks a database whether it answers, without waiting longer than a limit for it. At most one question is under way:
 * while it is, everyone who asks waits for its answer. Thread-safe.
 */
final class DatabaseProbe {

    private final DataSource dataSource;
    private final Executor executor;
    private final AtomicReference<CompletableFuture<Boolean>> underWay = new AtomicReference<>();

    /** @param executor does the waiting; bounded */
    DatabaseProbe(DataSource dataSource, Executor executor) {
        this.dataSource = dataSource;
        this.executor = executor;
    }

    /** Whether the database answers within this many milliseconds. */
    boolean answers(long millis) {
        try {
            return question().get(millis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private CompletableFuture<Boolean> question() {
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        CompletableFuture<Boolean> theirs = underWay.compareAndExchange(null, mine);
        if (theirs != null) {
            return theirs;
        }
        mine.whenComplete((answer, failure) -> underWay.set(null));
        try {
            executor.execute(() -> ask(mine));
        } catch (RejectedExecutionException e) {
            mine.complete(false);
        }
        return mine;
    }

    private void ask(CompletableFuture<Boolean> answer) {
        try (var connection = dataSource.getConnection()) {
            answer.complete(connection.isValid(1));
        } catch (SQLException | RuntimeException e) {
            answer.complete(false);
        }
    }
}
