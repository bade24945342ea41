package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents as files: where their links lead, and what the table of statements promises. */
@Tag("once")
class DocumentationIT {

    private static final Path DOCUMENTS = Path.of("../docs");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);
    private static final String NOT_YET = "not here yet";

    static Stream<Path> documents() throws IOException {
        return Stream.concat(Stream.of(Path.of("../../README.md")), Files.list(DOCUMENTS).sorted());
    }

    /** To a file of the project, and to a heading where one is named. */
    @ParameterizedTest
    @MethodSource("documents")
    void linksLeadSomewhere(Path document) throws IOException {
        assertThat(links(Files.readString(document)))
                .filteredOn(link -> !link.contains("://"))
                .allSatisfy(link -> {
                    String[] parts = link.split("#", 2);
                    Path target = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]);
                    assertThat(target).exists();
                    if (parts.length == 2) {
                        assertThat(headings(Files.readString(target))).contains(parts[1]);
                    }
                });
    }

    /** The second column leads to what does it, the third to a test; or both say that it is not here yet. */
    @Test
    void eachStatementIsImplementedAndProved() throws IOException {
        List<String[]> rows = Files.readAllLines(DOCUMENTS.resolve("statements.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| statement "))
                .map(line -> line.substring(2, line.length() - 2).split(" \\| "))
                .toList();
        assertThat(rows).isNotEmpty().allSatisfy(row -> {
            assertThat(row).hasSize(3);
            if (!row[1].startsWith(NOT_YET) || !row[2].equals(NOT_YET)) {
                assertThat(links(row[1])).isNotEmpty();
                assertThat(links(row[2])).isNotEmpty().allMatch(link -> link.matches(".+(Test|IT)\\.java"));
            }
        });
    }

    private static List<String> links(String text) {
        return LINK.matcher(text).results().map(found -> found.group(1)).toList();
    }

    /** As the usual viewers name them in links. */
    private static List<String> headings(String markdown) {
        return HEADING.matcher(markdown).results().map(DocumentationIT::anchor).toList();
    }

    private static String anchor(MatchResult heading) {
        return heading.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-');
    }
}
