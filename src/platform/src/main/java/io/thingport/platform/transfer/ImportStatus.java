package io.thingport.platform.transfer;

import io.thingport.platform.audit.Auditable;
import io.thingport.platform.audit.Subject;
import io.thingport.platform.registry.LineResult;
import java.time.Instant;
import java.util.Optional;

/**
 * How far an import is.
 *
 * @param percent of the file read
 * @param problem why it failed
 */
public record ImportStatus(String id, State state, Instant startedAt, Optional<Instant> endedAt, int percent,
        Counts counts, Optional<String> problem) implements Auditable {

    @Override
    public Subject auditSubject() {
        return Subject.id(id);
    }


    /** What becomes of an import. */
    public enum State {
        RUNNING,
        /** Every line was looked at. */
        DONE,
        /** It went no further: from there on the file is no CSV, or the database does not take it. */
        FAILED,
        /** The server stopped meanwhile. */
        INTERRUPTED
    }

    /** Lines by what became of them. */
    public record Counts(long created, long changed, long unchanged, long failed) {

        static final Counts NONE = new Counts(0, 0, 0, 0);

        public long lines() {
            return created + changed + unchanged + failed;
        }

        Counts plus(LineResult result) {
            return switch (result.outcome()) {
                case CREATED -> new Counts(created + 1, changed, unchanged, failed);
                case CHANGED -> new Counts(created, changed + 1, unchanged, failed);
                case UNCHANGED -> new Counts(created, changed, unchanged + 1, failed);
                case FAILED -> new Counts(created, changed, unchanged, failed + 1);
            };
        }
    }

    static ImportStatus begin(String id, Instant now) {
        return new ImportStatus(id, State.RUNNING, now, Optional.empty(), 0, Counts.NONE, Optional.empty());
    }

    ImportStatus at(int newPercent, Counts newCounts) {
        return new ImportStatus(id, state, startedAt, endedAt, newPercent, newCounts, problem);
    }

    ImportStatus end(State newState, Instant now, Optional<String> why) {
        return new ImportStatus(id, newState, startedAt, Optional.of(now), newState == State.DONE ? 100 : percent, counts,
                why);
    }
}
