package io.thingport.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    private static final List<String> ALL = List.of("e", "a", "d", "b", "c");

    @Test
    void aCursorLeadsToWhatFollows() {
        Page<Long> page = Cursor.page("list", List.of(9L, 7L, 4L), 2, id -> id, id -> id);

        assertThat(page.items()).containsExactly(9L, 7L);
        assertThat(Cursor.before("list", page.next())).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "1", "-1", "zz", "rubbish", "AAAAAAAAAAAAAAAA", "AAAA"})
    void rubbishIsRefused(String cursor) {
        refused(() -> Cursor.before("list", Optional.of(cursor)));
        refused(() -> Cursor.page("list", ALL, Function.identity(), Optional.of(cursor), 2));
    }

    @Test
    void theCursorOfAnotherListIsRefused() {
        Optional<String> next = Cursor.page("list", List.of(9L, 7L), 1, id -> id, id -> id).next();

        refused(() -> Cursor.before("other", next));
    }

    @Test
    void aShortListIsPagedInTheOrderOfItsKeys() {
        Page<String> first = Cursor.page("list", ALL, Function.identity(), Optional.empty(), 2);
        Page<String> second = Cursor.page("list", ALL, Function.identity(), first.next(), 2);
        Page<String> third = Cursor.page("list", ALL, Function.identity(), second.next(), 2);

        assertThat(first.items()).containsExactly("a", "b");
        assertThat(second.items()).containsExactly("c", "d");
        assertThat(third.items()).containsExactly("e");
        assertThat(third.next()).isEmpty();
    }

    @Test
    void whatTheCursorStoodAtMayBeGone() {
        Optional<String> next = Cursor.page("list", ALL, Function.identity(), Optional.empty(), 2).next();

        assertThat(Cursor.page("list", List.of("a", "c", "d"), Function.identity(), next, 2).items()).containsExactly("c", "d");
    }

    private static void refused(Runnable work) {
        assertThatThrownBy(work::run).isInstanceOfSatisfying(RegistryException.class,
                e -> assertThat(e.problem()).isEqualTo(RegistryProblem.INVALID_CURSOR));
    }
}
