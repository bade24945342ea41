package io.thingport.platform.devicelog;

import java.util.OptionalLong;

/** What somebody sees who follows the log. */
public sealed interface LogEvent {

    /** Where it stands in the log, see {@link LogLine#id}. */
    long position();

    /** Something has happened. */
    record Shown(LogLine line) implements LogEvent {
        @Override
        public long position() {
            return line.id();
        }
    }

    /**
     * Lines are missing here; they can be looked for in the log.
     *
     * @param missed how many; empty when nobody knows whether there were any
     */
    record Gap(long position, OptionalLong missed) implements LogEvent {
    }
}
