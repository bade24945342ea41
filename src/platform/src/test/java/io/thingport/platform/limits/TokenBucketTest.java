package io.thingport.platform.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketTest {

    private static final long SECOND = 1_000_000_000L;

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 30, 1_000, 1_000_000})
    void asManyAsInASecondPassAtOnce(int perSecond) {
        TokenBucket bucket = TokenBucket.of(perSecond, 0);
        assertThat(taken(bucket, 2 * perSecond, 0)).isEqualTo(perSecond);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -7, Long.MIN_VALUE + 1, Long.MAX_VALUE - SECOND / 2}) // nanoTime may begin anywhere, and wraps
    void overTimeNoMorePassThanTheRateAndOneBucket(long start) {
        Random random = new Random(1);
        TokenBucket bucket = TokenBucket.of(30, start);
        long passed = 0;
        int taken = 0;
        for (int i = 0; i < 100_000; i++) {
            passed += random.nextLong(SECOND / 20);
            taken += bucket.take(1, start + passed) ? 1 : 0;
        }
        assertThat(taken).isLessThanOrEqualTo((int) (passed * 30 / SECOND + 31)).isGreaterThan((int) (passed * 29 / SECOND));
    }

    @Test
    void whoKeepsToTheRateIsNeverRefused() {
        TokenBucket bucket = TokenBucket.of(30, 0);
        for (int i = 0; i < 10_000; i++) {
            assertThat(bucket.take(1, i * SECOND / 30 + 1)).isTrue();
        }
    }

    @Test
    void itDoesNotFillBeyondASecond() {
        TokenBucket bucket = TokenBucket.of(10, 0);
        assertThat(taken(bucket, 100, 3_600 * SECOND)).isEqualTo(10);
    }

    @Test
    void whatIsRefusedTakesNothing() {
        TokenBucket bucket = TokenBucket.of(10, 0);
        bucket.take(5, 0);
        assertThat(bucket.take(6, 0)).isFalse();
        assertThat(bucket.take(5, 0)).isTrue();
    }

    @Test
    void whatIsLargerThanTheBucketPassesWhenItIsFullAndTheNextWaitsLonger() {
        TokenBucket bucket = TokenBucket.of(10, 0);
        assertThat(bucket.take(30, 0)).isTrue();
        assertThat(bucket.pause(1, 0)).isEqualTo(2 * SECOND + SECOND / 10);
    }

    @Test
    void thePauseIsOverWhenItSays() {
        TokenBucket bucket = TokenBucket.of(7, 0);
        taken(bucket, 7, 0);
        long pause = bucket.pause(1, 0);
        assertThat(bucket.take(1, pause - 1)).isFalse();
        assertThat(bucket.take(1, pause)).isTrue();
    }

    @Test
    void zeroIsUnlimited() {
        assertThat(taken(TokenBucket.of(0, 0), 1_000_000, 0)).isEqualTo(1_000_000);
    }

    @Test
    void severalThreadsTogetherGetNoMore() throws Exception {
        TokenBucket bucket = TokenBucket.of(100_000, 0);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<Integer>> taken = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            taken.add(threads.submit(() -> taken(bucket, 50_000, 0)));
        }
        int sum = 0;
        for (Future<Integer> each : taken) {
            sum += each.get();
        }
        threads.shutdown();
        assertThat(sum).isEqualTo(100_000);
    }

    private static int taken(TokenBucket bucket, int tries, long now) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += bucket.take(1, now) ? 1 : 0;
        }
        return taken;
    }
}
