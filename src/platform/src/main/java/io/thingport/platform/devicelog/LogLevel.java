package io.thingport.platform.devicelog;

/** How much goes into the device log. Each level includes those before it. */
public enum LogLevel {
    /** Nothing. */
    OFF,
    /** What went wrong: refusals, drops, lost connections, calls without a reply. */
    FAILURES,
    /** What a device did beside messages: it connected, disconnected, subscribed, was called. */
    EVENTS,
    /** Each message up and down. */
    MESSAGES;

    /** Whether entries of another level are written at this one. */
    public boolean includes(LogLevel other) {
        return other.compareTo(this) <= 0;
    }
}
