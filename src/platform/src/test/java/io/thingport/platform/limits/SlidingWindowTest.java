package io.thingport.platform.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlidingWindowTest {

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    @ParameterizedTest
    @ValueSource(longs = {0, -7, Long.MIN_VALUE / 2, Long.MAX_VALUE / 2}) // nanoTime may begin anywhere
    void noMoreThanItsMaximumHappenInAnyOnePeriod(long start) {
        Random random = new Random(1);
        SlidingWindow window = new SlidingWindow(7, Duration.ofSeconds(1), start);
        ArrayDeque<Long> taken = new ArrayDeque<>();
        long now = start;
        for (int i = 0; i < 100_000; i++) {
            now += random.nextInt(100) == 0 ? random.nextLong(3 * SECOND) : random.nextLong(50 * MILLI);
            if (window.take(now)) {
                taken.addLast(now);
            }
            while (!taken.isEmpty() && now - taken.getFirst() >= SECOND) {
                taken.removeFirst();
            }
            assertThat(taken).hasSizeLessThanOrEqualTo(7);
        }
    }

    @Test
    void whatHappenedCountsForAPeriodAndATenthAtMost() {
        SlidingWindow window = new SlidingWindow(1, Duration.ofSeconds(1), 0);
        window.take(99 * MILLI);
        assertThat(window.take(1_099 * MILLI)).isFalse();
        assertThat(window.take(1_100 * MILLI)).isTrue();
    }

    @Test
    void thePauseIsOverWhenItSays() {
        Random random = new Random(2);
        SlidingWindow window = new SlidingWindow(3, Duration.ofSeconds(1), 0);
        long now = 0;
        for (int i = 0; i < 10_000; i++) {
            now += random.nextLong(400 * MILLI);
            long pause = window.pause(now);
            assertThat(window.take(now)).isEqualTo(pause == 0);
            if (pause > 0) {
                assertThat(window.pause(now + pause - 1)).isEqualTo(1);
                now += pause;
                assertThat(window.take(now)).isTrue();
            }
        }
    }

    @Test
    void afterALongTimeNothingCounts() {
        SlidingWindow window = new SlidingWindow(2, Duration.ofSeconds(1), 0);
        window.take(0);
        assertThat(window.isEmpty(SECOND)).isFalse();
        assertThat(window.isEmpty(3_600 * SECOND)).isTrue();
    }
}
