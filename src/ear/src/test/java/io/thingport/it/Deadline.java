package io.thingport.it;

import java.time.Duration;

/** How long a test waits for something that must happen. Far above what it takes; only a failure waits this long. */
final class Deadline {

    /** For an answer of a running server. */
    static final Duration ANSWER = Duration.ofSeconds(15);
    /** For a server to start. */
    static final Duration START = Duration.ofSeconds(120);

    private Deadline() {
    }
}
