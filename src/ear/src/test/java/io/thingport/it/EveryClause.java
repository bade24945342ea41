package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Each numbered statement of a standard either has a test or is set aside with a reason.
 *
 * <p>A test names its statements in its javadoc as {@code [MQTT-3.1.2-24]}, and the comment of its class lists those of
 * all its tests. What has no test stands in a table of the documentation, whose first column holds ids and ranges:
 * {@code | 3.1.2-7..10, 3.1.2-12 | the reason |}.
 */
@Tag("once")
public abstract class EveryClause {

    private static final Pattern NAMED = Pattern.compile("\\[MQTT-([0-9.]+-[0-9]+)]");
    private static final Pattern SET_ASIDE = Pattern.compile("^\\| (?=[0-9])([-0-9., ]+) \\| .+\\|$", Pattern.MULTILINE);
    private static final Pattern IDS = Pattern.compile("([0-9.]+)-([0-9]+)(?:\\.\\.([0-9]+))?");
    private static final Pattern CLASS = Pattern.compile("^(public )?(abstract |final )*class ", Pattern.MULTILINE);

    private final Set<String> standard;
    private final Path tests;
    private final Path document;

    /**
     * A standard and who answers for it.
     *
     * @param standard a resource with all ids of the standard, one a line, such as {@code 3.1.2-24}
     * @param document the file in {@code src/docs} with those that are set aside
     */
    protected EveryClause(String standard, String document) {
        this.standard = lines(standard);
        this.tests = Path.of("src/test/java", getClass().getPackageName().split("\\."));
        this.document = Path.of("../docs", document);
    }

    @Test
    void isTestedOrSetAside() {
        Set<String> answered = setAside();
        sources().forEach(source -> answered.addAll(named(source)));
        assertThat(answered).isEqualTo(standard);
    }

    @Test
    void isNotSetAsideWhenItIsTested() {
        Set<String> tested = new TreeSet<>();
        sources().forEach(source -> tested.addAll(named(source)));
        assertThat(setAside()).doesNotContainAnyElementsOf(tested);
    }

    @Test
    void isListedByTheClassWhoseTestNamesIt() {
        assertThat(sources()).allSatisfy(source -> {
            Matcher begin = CLASS.matcher(source);
            int body = begin.find() ? begin.start() : source.length();
            assertThat(named(source.substring(0, body))).isEqualTo(named(source.substring(body)));
        });
    }

    private List<String> sources() {
        try (Stream<Path> files = Files.list(tests)) {
            return files.sorted().map(EveryClause::text).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> named(String source) {
        return NAMED.matcher(source).results().map(found -> found.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> setAside() {
        Set<String> all = new TreeSet<>();
        SET_ASIDE.matcher(text(document)).results().forEach(row -> IDS.matcher(row.group(1)).results().forEach(ids -> {
            int first = Integer.parseInt(ids.group(2));
            int last = ids.group(3) == null ? first : Integer.parseInt(ids.group(3));
            for (int i = first; i <= last; i++) {
                all.add(ids.group(1) + "-" + i);
            }
        }));
        return all;
    }

    private static Set<String> lines(String resource) {
        try (InputStream in = EveryClause.class.getResourceAsStream("/" + resource)) {
            return new TreeSet<>(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
