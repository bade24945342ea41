package io.thingport.mqtt.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.MqttLoop;
import io.thingport.mqtt.testing.Eventually;
import io.thingport.mqtt.testing.RecordingHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tasks for a loop from other threads. */
class PostTest {

    private static final int QUEUE = 65_536;

    private final TestServer server = new TestServer(new RecordingHandler());
    private final MqttLoop loop = server.transport.loops().get(0);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tasksRunOnTheLoopsThread() {
        assertThat(loop.inLoop()).isFalse();
        assertThat(TestServer.on(loop, loop::inLoop)).isTrue();
        assertThat(TestServer.on(loop, server.transport.loops().get(1)::inLoop)).isFalse();
    }

    @Test
    void tasksOfEachThreadRunInTheirOrder() {
        int threads = 8;
        int tasks = 5_000;
        List<List<Integer>> ran = new ArrayList<>();
        IntStream.range(0, threads).forEach(i -> ran.add(new ArrayList<>()));
        CountDownLatch all = new CountDownLatch(threads * tasks);
        List<CompletableFuture<Void>> posting = new ArrayList<>();
        for (List<Integer> mine : ran) {
            posting.add(CompletableFuture.runAsync(() -> {
                for (int i = 0; i < tasks; i++) {
                    int number = i;
                    assertThat(loop.post(() -> {
                        mine.add(number);
                        all.countDown();
                    })).isTrue();
                }
            }));
        }

        posting.forEach(Eventually::get);
        Eventually.until("all run", () -> all.getCount() == 0);

        assertThat(ran).allSatisfy(mine -> assertThat(mine).isEqualTo(IntStream.range(0, tasks).boxed().toList()));
    }

    @Test
    void whatIsToRunSoonRunsOnTheLoopsThread() {
        CompletableFuture<Boolean> inLoop = new CompletableFuture<>();
        loop.post(() -> loop.soon(() -> inLoop.complete(loop.inLoop())));
        assertThat(Eventually.get(inLoop)).isTrue();
    }

    @Test
    void aFullQueueTakesNoMore() throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch holding = new CountDownLatch(1);
        loop.post(() -> {
            holding.countDown();
            try {
                held.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(holding.await(10, TimeUnit.SECONDS)).isTrue();
        AtomicInteger ran = new AtomicInteger();
        int taken = 0;
        while (loop.post(ran::incrementAndGet)) {
            taken++;
        }

        assertThat(taken).isEqualTo(QUEUE);
        assertThat(loop.post(ran::incrementAndGet)).isFalse();
        assertThat(server.transport.counters().rejectedTasks()).isEqualTo(2);
        held.countDown();
        Eventually.until("all run", () -> ran.get() == QUEUE);
        assertThat(TestServer.on(loop, ran::get)).isEqualTo(QUEUE);
    }

    @Test
    void aLoopThatHasEndedTakesNothing() {
        server.close();

        assertThat(loop.post(() -> { })).isFalse();
        assertThat(loop.post(() -> { })).isFalse();
    }

    @Test
    void aTaskThatPostsIsRunAgain() {
        AtomicInteger ran = new AtomicInteger();
        loop.post(new Runnable() {
            @Override
            public void run() {
                if (ran.incrementAndGet() < 1_000) {
                    loop.post(this);
                }
            }
        });

        Eventually.until("all run", () -> ran.get() == 1_000);
    }

    @Test
    void aScheduledTaskRunsNotBeforeItsDelay() {
        CompletableFuture<Long> ran = new CompletableFuture<>();
        long before = System.nanoTime();
        loop.post(() -> loop.schedule(250, TimeUnit.MILLISECONDS, () -> ran.complete(System.nanoTime())));

        assertThat(Eventually.get(ran) - before).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(250));
    }
}
