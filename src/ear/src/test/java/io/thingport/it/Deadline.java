package io.thingport.it;

import java.time.Duration;

/** How long a test waits for something that must happen. Far above what it takes; only a failure waits this long. */
public final class Deadline {

    /** For an answer of a running server. */
    public static final Duration ANSWER = Duration.ofSeconds(15);
    /** For an answer that a database keeps waiting: until its connection is given up and another one could not be had. */
    public static final Duration DATABASE = Duration.ofSeconds(25);
    /** For a server to start. */
    public static final Duration START = Duration.ofSeconds(120);

    private Deadline() {
    }
}
