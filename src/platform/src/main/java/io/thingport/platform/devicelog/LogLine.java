package io.thingport.platform.devicelog;

/**
 * An entry and its place in the log.
 *
 * @param id rises from line to line, and with the time of the entries as far as the server's clock does
 */
public record LogLine(long id, LogEntry entry) {

    private static final int COUNT_BITS = 20; // a million lines in a millisecond, before ids run ahead of the clock

    /** The least id of a line that was added at this time, in milliseconds since 1970. */
    static long idAt(long millis) {
        return Math.max(0, millis) << COUNT_BITS;
    }

    /** The line of an entry behind that with the last id. */
    static LogLine after(long last, LogEntry entry) {
        return new LogLine(Math.max(last + 1, idAt(entry.millis())), entry);
    }
}
