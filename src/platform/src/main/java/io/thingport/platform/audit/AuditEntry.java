package io.thingport.platform.audit;

import java.time.Instant;

/**
 * One entry of the audit trail.
 *
 * @param when   to the millisecond
 * @param action {@code device.delete}; of what was refused, what was asked for
 */
public record AuditEntry(Instant when, Actor actor, String action, Subject subject, Outcome outcome) {

    /** What came of it. */
    public enum Outcome {
        /** It was done, and committed. */
        DONE,
        /** The caller lacks the right. */
        REFUSED
    }
}
