package io.thingport.platform.devicelog;

import java.time.Instant;
import java.util.Optional;

/**
 * What somebody looks for in the log. Times before 1970 count as 1970, those after 2200 as 2200.
 *
 * @param from that happened then or later
 * @param to   that happened before
 */
public record LogQuery(LogFilter filter, Optional<Instant> from, Optional<Instant> to) {

    private static final Instant END = Instant.parse("2200-01-01T00:00:00Z"); // places in the log reach a little further

    public LogQuery {
        from = from.map(LogQuery::bounded);
        to = to.map(LogQuery::bounded);
    }

    private static Instant bounded(Instant time) {
        return time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time.isAfter(END) ? END : time;
    }
}
