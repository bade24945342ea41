package io.thingport.bench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The words of a program's command line, as {@code --name value}. */
final class Arguments {

    private final Map<String, String> values = new HashMap<>();

    /** @throws IllegalArgumentException for a name that is none of those known, or one without a value */
    Arguments(String[] words, Set<String> known) {
        for (int i = 0; i < words.length; i += 2) {
            if (!words[i].startsWith("--") || !known.contains(words[i].substring(2)) || i + 1 == words.length) {
                throw new IllegalArgumentException(words[i] + " is none of " + known + ", or has no value");
            }
            values.put(words[i].substring(2), words[i + 1]);
        }
    }

    String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    int number(String name, int otherwise) {
        return Integer.parseInt(text(name, Integer.toString(otherwise)));
    }

    long longNumber(String name, long otherwise) {
        return Long.parseLong(text(name, Long.toString(otherwise)));
    }

    Path path(String name, String otherwise) {
        return Path.of(text(name, otherwise)).toAbsolutePath();
    }
}
