package io.thingport.platform.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {

    /** One at a time; two of each may wait, three in all. */
    private final Turns<String> turns = new Turns<>(1, 2, 3);
    private final List<String> started = new ArrayList<>();

    @Test
    void theFirstStartsAtOnce() {
        assertThat(enter("a", "1")).isTrue();
        assertThat(started).containsExactly("1");
    }

    @Test
    void theNextStartsWhenATurnIsOver() {
        enter("a", "1");
        enter("a", "2");
        assertThat(started).containsExactly("1");
        turns.leave();
        assertThat(started).containsExactly("1", "2");
    }

    @Test
    void turnsGoRoundAmongTheOwners() {
        enter("a", "1");
        enter("a", "2");
        enter("a", "3");
        enter("b", "4");
        turns.leave();
        turns.leave();
        turns.leave();
        assertThat(started).containsExactly("1", "2", "4", "3");
    }

    @Test
    void anOwnerWithTooManyIsTurnedAway() {
        enter("a", "1");
        enter("a", "2");
        enter("a", "3");
        assertThat(enter("a", "4")).isFalse();
    }

    @Test
    void ofTooManyInAllTheLastIsTurnedAway() {
        enter("a", "1");
        enter("a", "2");
        enter("a", "3");
        enter("b", "4");
        assertThat(enter("c", "5")).isFalse();
    }

    @Test
    void whoGivesTheTurnBackKeepsNobodyWaiting() {
        enter("a", "1");
        turns.enter("a", () -> false);
        enter("b", "2");
        turns.leave();
        assertThat(started).containsExactly("1", "2");
    }

    @Test
    void whenAllHaveLeftTheNextStartsAtOnce() {
        enter("a", "1");
        turns.leave();
        enter("a", "2");
        assertThat(started).containsExactly("1", "2");
    }

    private boolean enter(String owner, String name) {
        return turns.enter(owner, () -> started.add(name));
    }
}
