package io.thingport.platform.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Writes one batch to its end: as a whole, again and again while the database cannot take it, in pieces when rows are at
 * fault. Pieces keep the order of the changes. The writer's thread.
 */
final class BatchWrite {

    private static final Logger LOG = System.getLogger(BatchWrite.class.getName());
    private static final int TRIES_AS_A_WHOLE = 3; // when it is not known who is at fault

    private final Attempts attempts;
    private final Completions completions;
    private final WriterCounters counters;
    private final BooleanSupplier pause;

    private final Deque<Piece> pieces = new ArrayDeque<>();
    private final List<Waiting> suspects = new ArrayList<>();
    private final List<Waiting> refused = new ArrayList<>();
    private boolean progress;
    private int unknown;

    /** Changes of one transaction, and whether they were in one before. */
    private record Piece(List<Waiting> changes, boolean again) {
    }

    /** @param pause waits before a further attempt; false when there is to be none */
    BatchWrite(Attempts attempts, Completions completions, WriterCounters counters, BooleanSupplier pause) {
        this.attempts = attempts;
        this.completions = completions;
        this.counters = counters;
        this.pause = pause;
    }

    /**
     * Writes changes, in their order.
     *
     * @param again they were in a transaction before
     * @return those that are neither written nor refused: all, when none could be written, so that nobody knows which is at
     *         fault; those not yet tried, when there is to be no further attempt
     */
    List<Waiting> run(List<Waiting> changes, boolean again) {
        pieces.push(new Piece(changes, again));
        boolean go = true;
        while (go && !pieces.isEmpty()) {
            go = attempt(pieces.pop());
        }
        if (progress) {
            refused.addAll(suspects);
            suspects.clear();
        }
        refuse();
        pieces.forEach(piece -> suspects.addAll(piece.changes()));
        return suspects;
    }

    /** @return false when there is to be no further attempt */
    private boolean attempt(Piece piece) {
        Optional<Failure> failure = attempts.write(piece.changes(), piece.again());
        if (failure.isEmpty()) {
            progress = true;
            completions.written(piece.changes());
            completions.post();
            return true;
        }
        if (failure.get() == Failure.UNAVAILABLE || failure.get() == Failure.UNKNOWN && ++unknown < TRIES_AS_A_WHOLE) {
            pieces.push(new Piece(piece.changes(), true));
            return pause.getAsBoolean();
        }
        split(piece, failure.get());
        return true;
    }

    private void split(Piece piece, Failure failure) {
        int size = piece.changes().size();
        if (size > 1) {
            pieces.push(new Piece(piece.changes().subList(size / 2, size), true));
            pieces.push(new Piece(piece.changes().subList(0, size / 2), true));
        } else if (!piece.again()) {
            pieces.push(new Piece(piece.changes(), true)); // it may be there already
        } else if (failure == Failure.DATA) {
            refused.addAll(piece.changes());
        } else {
            suspects.addAll(piece.changes());
        }
    }

    private void refuse() {
        if (refused.isEmpty()) {
            return;
        }
        LOG.log(Level.WARNING, "lost, because the database will never take them: {0}; the last one: {1}", refused.size(),
                attempts.problem());
        counters.refused(refused.size());
        completions.refused(refused);
        completions.post();
    }
}
