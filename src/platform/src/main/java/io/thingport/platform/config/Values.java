package io.thingport.platform.config;

import io.thingport.mqtt.Network;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Parses values and takes notes: which keys there are, with their defaults, and which values are wrong. A wrong value
 * gives the default, so that reading can go on to the next.
 */
final class Values {

    private static final Pattern ORIGIN = Pattern.compile("[a-z][a-z0-9+.-]*://[^/\\s]+");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]{1,32}");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(B|KiB|MiB|GiB)");
    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB");

    private final Function<String, Optional<String>> source;
    private final Map<String, String> known = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    /** @param source the value of a key without the prefix */
    Values(Function<String, Optional<String>> source) {
        this.source = source;
    }

    /** The keys asked for so far and their defaults as one would write them. */
    Map<String, String> known() {
        return known;
    }

    String text(String key, String usual) {
        return read(key, usual, usual, Optional::of, "a text");
    }

    int number(String key, int usual, int least, int most) {
        return read(key, Integer.toString(usual), usual, text -> wholeNumber(text).filter(n -> n >= least && n <= most),
                "a whole number from " + least + " to " + most);
    }

    /** A number whose default depends on the machine. */
    int loops(String key, int usual, int most) {
        return read(key, "number of cores", usual, text -> wholeNumber(text).filter(n -> n >= 1 && n <= most),
                "a whole number from 1 to " + most);
    }

    /** Bytes. */
    int size(String key, int usual, int least, int most) {
        return read(key, size(usual), usual, text -> bytes(text).filter(n -> n >= least && n <= most).map(Long::intValue),
                "a size from " + size(least) + " to " + size(most) + ", with its unit: 512B, 256KiB, 4MiB");
    }

    Duration duration(String key, Duration usual, Duration least, Duration most) {
        return read(key, usual.toString(), usual,
                text -> iso(text).filter(d -> d.compareTo(least) >= 0 && d.compareTo(most) <= 0),
                "a duration from " + least + " to " + most + ", as in PT30S");
    }

    boolean flag(String key, boolean usual) {
        return read(key, Boolean.toString(usual), usual,
                text -> Optional.of(text).filter(t -> t.equals("true") || t.equals("false")).map(Boolean::valueOf),
                "true or false");
    }

    /** Names, separated by commas; none by default. */
    List<String> names(String key) {
        return read(key, "", List.of(), text -> list(text, name -> Optional.of(name).filter(NAME.asMatchPredicate()))
                        .filter(names -> Set.copyOf(names).size() == names.size()),
                "names of lower-case letters and digits, each once, separated by commas");
    }

    /** Origins as browsers name them, separated by commas; empty = all, which is the default. */
    Set<String> origins(String key) {
        return read(key, "*", Set.of(), text -> text.equals("*") ? Optional.of(Set.of())
                        : list(text, origin -> Optional.of(origin).filter(ORIGIN.asMatchPredicate())).map(Set::copyOf),
                "* for all, or origins, separated by commas: https://example.com,http://localhost:3000");
    }

    /** Origins as browsers name them, separated by commas; none by default. */
    Set<String> namedOrigins(String key) {
        return read(key, "", Set.of(),
                text -> list(text, origin -> Optional.of(origin).filter(ORIGIN.asMatchPredicate())).map(Set::copyOf),
                "origins, separated by commas: https://example.com,http://localhost:3000");
    }

    /** Blocks of addresses, separated by commas; none by default. */
    List<Network> networks(String key) {
        return read(key, "", List.of(), text -> list(text, Network::parse),
                "blocks of addresses, separated by commas: 10.0.0.0/8,2001:db8::/32");
    }

    <E extends Enum<E>> E choice(String key, E usual) {
        E[] all = usual.getDeclaringClass().getEnumConstants();
        return read(key, name(usual), usual,
                text -> Arrays.stream(all).filter(e -> name(e).equals(text)).findFirst(),
                Arrays.stream(all).map(Values::name).collect(Collectors.joining(" or ")));
    }

    ZoneId zone(String key, String usual) {
        return read(key, usual, ZoneId.of(usual), Values::zone, "a time zone: UTC+8, Asia/Shanghai");
    }

    Path path(String key, String usual) {
        return read(key, usual, Path.of(usual), Values::path, "a path");
    }

    /** A file that by default stands in a folder. */
    Path path(String key, Path folder, String usual) {
        return read(key, usual + " in data-directory", folder.resolve(usual), Values::path, "a path");
    }

    /** A path that is absent by default. */
    Optional<Path> optionalPath(String key) {
        return read(key, "", Optional.empty(), text -> path(text).map(Optional::of), "a path");
    }

    /** A text that is absent by default. */
    Optional<String> optionalText(String key) {
        known.put(key, "");
        return source.apply(key).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** A text that must not be shown; absent by default. */
    Optional<String> secret(String key, Predicate<String> legal, String allowed) {
        known.put(key, "");
        Optional<String> text = source.apply(key);
        if (text.isPresent() && !legal.test(text.get())) {
            problems.add(SettingsReader.PREFIX + key + " (its value is not shown): allowed is " + allowed);
        }
        return text.filter(legal);
    }

    /** Notes a rule between settings as broken. */
    void check(boolean kept, String key, Object value, String allowed) {
        if (!kept) {
            wrong(key, value, allowed);
        }
    }

    /** Notes a key that nobody knows; a misspelled one, most likely. */
    void unknown(String key) {
        problems.add(SettingsReader.PREFIX + key + ": there is no such setting");
    }

    /** @throws SettingsException when something is wrong */
    void throwIfWrong() {
        if (!problems.isEmpty()) {
            throw new SettingsException("wrong settings (" + problems.size() + "): " + String.join("; ", problems));
        }
    }

    private <T> T read(String key, String usualText, T usual, Function<String, Optional<T>> parse, String allowed) {
        known.put(key, usualText);
        Optional<String> text = source.apply(key);
        if (text.isEmpty()) {
            return usual;
        }
        Optional<T> value = parse.apply(text.get().strip());
        if (value.isEmpty()) {
            wrong(key, text.get(), allowed);
        }
        return value.orElse(usual);
    }

    private void wrong(String key, Object value, String allowed) {
        problems.add(SettingsReader.PREFIX + key + " = " + value + ": allowed is " + allowed);
    }

    /** Empty when one part is wrong. */
    private static <T> Optional<List<T>> list(String text, Function<String, Optional<T>> parse) {
        List<T> parts = new ArrayList<>();
        for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            Optional<T> parsed = parse.apply(part.strip());
            if (parsed.isEmpty()) {
                return Optional.empty();
            }
            parts.add(parsed.get());
        }
        return Optional.of(parts);
    }

    private static Optional<Integer> wholeNumber(String text) {
        try {
            return Optional.of(Integer.valueOf(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> bytes(String text) {
        Matcher matcher = SIZE.matcher(text);
        return matcher.matches()
                ? Optional.of(Long.parseLong(matcher.group(1)) << 10 * UNITS.indexOf(matcher.group(2)))
                : Optional.empty();
    }

    private static String size(long bytes) {
        int unit = 0;
        long n = bytes;
        while (n >= 1024 && n % 1024 == 0 && unit < UNITS.size() - 1) {
            n /= 1024;
            unit++;
        }
        return n + UNITS.get(unit);
    }

    private static Optional<Duration> iso(String text) {
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<ZoneId> zone(String text) {
        try {
            return Optional.of(ZoneId.of(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static String name(Enum<?> e) {
        return e.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
