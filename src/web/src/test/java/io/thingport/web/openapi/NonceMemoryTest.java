package io.thingport.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.web.openapi.NonceMemory.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NonceMemoryTest {

    private static final long NOW = 1_700_000_000 / 60 * 60;
    private static final long MINUTE = 60;

    private final NonceMemory memory = new NonceMemory(Duration.ofMinutes(15), 2_000);

    private Verdict use(String nonce, long made, long now) {
        return memory.use("key", nonce, made, now);
    }

    private void fill(int count, long made) {
        for (int i = 0; i < count; i++) {
            assertThat(use(made + " " + i, made, NOW)).isEqualTo(Verdict.NEW);
        }
    }

    @Test
    void aNonceIsGoodOnce() {
        assertThat(use("a", NOW, NOW)).isEqualTo(Verdict.NEW);
        assertThat(use("a", NOW, NOW)).isEqualTo(Verdict.USED);
    }

    @Test
    void anotherKeyMayHaveTheSame() {
        use("a", NOW, NOW);
        assertThat(memory.use("other", "a", NOW, NOW)).isEqualTo(Verdict.NEW);
    }

    @Test
    void itIsUsedAtAnyOtherTimeToo() {
        use("a", NOW, NOW);
        assertThat(use("a", NOW + 10 * MINUTE, NOW)).isEqualTo(Verdict.USED);
    }

    /** It could come again as long as the clock window lasts, also when it came from a clock that is ahead. */
    @Test
    void itIsRememberedAsLongAsItsTimeIsInTheWindow() {
        long made = NOW + 15 * MINUTE;
        use("a", made, NOW);
        assertThat(use("a", made, made + 15 * MINUTE)).isEqualTo(Verdict.USED);
    }

    @Test
    void whatIsOlderThanTheWindowTakesNoRoom() {
        fill(1_000, NOW);
        assertThat(use("later", NOW + 16 * MINUTE, NOW + 16 * MINUTE)).isEqualTo(Verdict.NEW);
        assertThat(memory.size()).isEqualTo(1);
    }

    @Test
    void allOfManyAreRemembered() {
        fill(1_000, NOW);
        for (int i = 0; i < 1_000; i++) {
            assertThat(use(NOW + " " + i, NOW, NOW)).isEqualTo(Verdict.USED);
        }
    }

    @Test
    void whenThereAreTooManyTheOldestMinuteIsAcceptedNoMore() {
        fill(500, NOW - 5 * MINUTE);
        fill(500, NOW);
        assertThat(use("one more", NOW, NOW)).isEqualTo(Verdict.NEW);
        assertThat(use(NOW - 5 * MINUTE + " 0", NOW - 5 * MINUTE, NOW)).isEqualTo(Verdict.FORGOTTEN);
        assertThat(use(NOW + " 0", NOW, NOW)).isEqualTo(Verdict.USED);
    }

    /** Also when the clock of the one is ahead, so that its nonces have to be remembered for half an hour. */
    @Test
    void oneKeyLeavesRoomForOthers() {
        fill(1_000, NOW + 15 * MINUTE);
        assertThat(use("one more", NOW, NOW)).isEqualTo(Verdict.FULL);
        assertThat(memory.use("other", "a", NOW, NOW)).isEqualTo(Verdict.NEW);
    }

    @Test
    void whatOneKeyForgetsIsNotRefusedToOthers() {
        fill(500, NOW - 5 * MINUTE);
        fill(501, NOW);
        assertThat(use("late", NOW - 5 * MINUTE, NOW)).isEqualTo(Verdict.FORGOTTEN);
        assertThat(memory.use("other", "late", NOW - 5 * MINUTE, NOW)).isEqualTo(Verdict.NEW);
    }

    @Test
    void whenThisMinuteAloneIsTooMuchThereIsNoRoom() {
        fill(1_000, NOW);
        assertThat(use("one more", NOW, NOW)).isEqualTo(Verdict.FULL);
    }
}
