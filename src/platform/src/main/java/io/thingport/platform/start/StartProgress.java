package io.thingport.platform.start;

import java.util.Optional;

/** How far the start of the platform has come. Written by the start, read from any thread. */
public final class StartProgress {

    private volatile Optional<String> obstacle = Optional.of("starting"); // volatile: see above

    /** What keeps the platform from serving, in a few words; empty once it serves. */
    public Optional<String> obstacle() {
        return obstacle;
    }

    void waitsFor(String what) {
        obstacle = Optional.of(what);
    }

    void done() {
        obstacle = Optional.empty();
    }
}
