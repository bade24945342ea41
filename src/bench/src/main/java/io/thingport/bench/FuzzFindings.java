package io.thingport.bench;

import java.util.ArrayList;
import java.util.List;

/** What a run of the fuzzer has found, up to a few. Thread-safe. */
final class FuzzFindings {

    private static final int MAXIMUM = 10;

    private final List<String> violations = new ArrayList<>();

    synchronized void violation(String what) {
        if (violations.size() < MAXIMUM) {
            violations.add(what);
        }
    }

    synchronized boolean clean() {
        return violations.isEmpty();
    }

    @Override
    public synchronized String toString() {
        return violations.isEmpty() ? "no violation\n" : "VIOLATION\n  " + String.join("\n  ", violations) + "\n";
    }
}
