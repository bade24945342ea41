package io.thingport.platform.devicelog;

import java.time.Instant;
import java.util.Optional;

/**
 * What somebody looks for in the log.
 *
 * @param from that happened then or later
 * @param to   that happened before
 */
public record LogQuery(LogFilter filter, Optional<Instant> from, Optional<Instant> to) {
}
