package io.thingport.platform.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.platform.store.Rows.Range;
import io.thingport.platform.store.TestChange.Delete;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RowsTest {

    private final TestLoop loop = new TestLoop();

    @Test
    void consecutiveNumbersOfASessionAreDeletedAsOneRange() {
        assertThat(rows(delete(7, 1, 1), delete(7, 2, 4), delete(7, 5, 5)).deleted())
                .containsExactly(new Range(7, 1, 5));
    }

    @Test
    void theOrderOfDeletionsDoesNotMatter() {
        assertThat(rows(delete(7, 3, 3), delete(7, 1, 1), delete(7, 2, 2)).deleted())
                .containsExactly(new Range(7, 1, 3));
    }

    @Test
    void aGapIsNotDeleted() {
        assertThat(rows(delete(7, 1, 1), delete(7, 3, 3)).deleted())
                .containsExactly(new Range(7, 1, 1), new Range(7, 3, 3));
    }

    @Test
    void aRangeWithinAnotherIsPartOfIt() {
        assertThat(rows(delete(7, 1, 9), delete(7, 3, 4)).deleted()).containsExactly(new Range(7, 1, 9));
    }

    @Test
    void sessionsAreKeptApart() {
        assertThat(rows(delete(7, 1, 1), delete(8, 2, 2)).deleted())
                .containsExactly(new Range(7, 1, 1), new Range(8, 2, 2));
    }

    private Delete delete(long sessionId, long from, long to) {
        return new Delete(loop, sessionId, from, to);
    }

    private static Rows rows(Delete... deletes) {
        return new Rows(Arrays.stream(deletes).map(Waiting::of).toList());
    }
}
