package io.thingport.bench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What stands behind a program's name: pairs of {@code --name value}. */
final class Options {

    private final Map<String, String> given = new HashMap<>();

    /**
     * @param known the names there are
     * @throws IllegalArgumentException when it is anything but pairs of these
     */
    Options(String[] arguments, Set<String> known) {
        for (int i = 0; i < arguments.length; i += 2) {
            if (!arguments[i].startsWith("--") || !known.contains(arguments[i].substring(2)) || i + 1 == arguments.length) {
                throw new IllegalArgumentException("expected --name value with one of " + known + ", not " + arguments[i]);
            }
            given.put(arguments[i].substring(2), arguments[i + 1]);
        }
    }

    String text(String name, String usual) {
        return given.getOrDefault(name, usual);
    }

    Path path(String name, String usual) {
        return Path.of(text(name, usual)).toAbsolutePath();
    }

    long longNumber(String name, long usual) {
        return Long.parseLong(text(name, Long.toString(usual)));
    }

    int number(String name, int usual) {
        return Integer.parseInt(text(name, Integer.toString(usual)));
    }
}
