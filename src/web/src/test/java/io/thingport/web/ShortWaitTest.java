package io.thingport.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ShortWaitTest {

    private static final Duration EVER = Duration.ofMinutes(5);

    private final CompletableFuture<String> stage = new CompletableFuture<>();

    @Test
    void waitsUntilTheStageIsComplete() {
        CompletableFuture<Boolean> done = CompletableFuture.supplyAsync(() -> new ShortWait(1, EVER).isDone(stage));
        stage.complete("here");
        assertThat(done.orTimeout(30, TimeUnit.SECONDS).join()).isTrue();
    }

    @Test
    void aFailureIsComplete() {
        stage.completeExceptionally(new IllegalStateException());
        assertThat(new ShortWait(1, EVER).isDone(stage)).isTrue();
    }

    @Test
    void doesNotWaitForLong() {
        assertThat(new ShortWait(1, Duration.ofMillis(1)).isDone(stage)).isFalse();
    }

    @Test
    void doesNotWaitWhereAsManyWaitAsMay() throws InterruptedException {
        ShortWait wait = new ShortWait(1, EVER);
        CountDownLatch waiting = new CountDownLatch(1);
        CompletableFuture<Boolean> first = CompletableFuture.supplyAsync(() -> wait.isDone(new Watched(waiting, stage)),
                ForkJoinPool.commonPool());
        assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(wait.isDone(new CompletableFuture<>())).isFalse();
        stage.complete("here");
        first.orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** Tells that someone waits for it. */
    private static final class Watched extends CompletableFuture<String> {
        private final CountDownLatch waiting;
        private final CompletableFuture<String> stage;

        Watched(CountDownLatch waiting, CompletableFuture<String> stage) {
            this.waiting = waiting;
            this.stage = stage;
        }

        @Override
        public String get(long time, TimeUnit unit) {
            waiting.countDown();
            return stage.join();
        }
    }
}
