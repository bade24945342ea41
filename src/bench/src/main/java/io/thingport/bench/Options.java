package io.thingport.bench;

import java.util.HashMap;
import java.util.Map;

/** What stands behind a program's name: pairs of {@code --name value}. */
final class Options {

    private final Map<String, String> given = new HashMap<>();

    /** @throws IllegalArgumentException when it is anything but pairs */
    Options(String[] arguments) {
        for (int i = 0; i < arguments.length; i += 2) {
            if (!arguments[i].startsWith("--") || i + 1 == arguments.length) {
                throw new IllegalArgumentException("expected --name value, not " + arguments[i]);
            }
            given.put(arguments[i].substring(2), arguments[i + 1]);
        }
    }

    String text(String name, String usual) {
        return given.getOrDefault(name, usual);
    }

    int number(String name, int usual) {
        return Integer.parseInt(text(name, Integer.toString(usual)));
    }
}
