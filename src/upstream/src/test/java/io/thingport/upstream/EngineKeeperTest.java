package io.thingport.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.platform.upstream.ConsumerQueues;
import io.thingport.platform.upstream.Engine;
import io.thingport.platform.upstream.Handover;
import io.thingport.platform.upstream.UpstreamException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineKeeperTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final Engine engine = new Engine(new Handover(Thread::new), Set::of, scheduler);
    private final AtomicInteger starts = new AtomicInteger();
    private final AtomicInteger stops = new AtomicInteger();
    private volatile boolean refuses; // the engine's start
    private volatile boolean runs = true; // the engine
    private final EngineKeeper keeper = new EngineKeeper(Thread::new, engine, this::running, Duration.ofMillis(1),
            Duration.ofMillis(1));

    @AfterEach
    void stop() {
        keeper.stop();
        scheduler.shutdownNow();
    }

    @Test
    void anEngineThatStartsIsConnected() {
        keeper.start();

        await(() -> engine.queues().isPresent());
    }

    @Test
    void anEngineThatDoesNotStartIsTriedAgain() {
        refuses = true;
        keeper.start();
        await(() -> starts.get() > 2);
        assertThat(engine.queues()).isEmpty();

        refuses = false;

        await(() -> engine.queues().isPresent());
    }

    @Test
    void anEngineThatHasFailedIsStoppedAndAnotherStarted() {
        keeper.start();
        await(() -> engine.queues().isPresent());

        refuses = true;
        runs = false;
        await(() -> engine.queues().isEmpty() && stops.get() == 1);
        runs = true;
        refuses = false;

        await(() -> engine.queues().isPresent());
    }

    @Test
    void theEngineIsTakenBackAndStoppedAtTheEnd() {
        keeper.start();
        await(() -> engine.queues().isPresent());

        keeper.stop();

        assertThat(engine.queues()).isEmpty();
        assertThat(stops).hasValue(1);
    }

    @Test
    void anEngineThatCannotBeConnectedIsStopped() {
        engine.open();
        scheduler.shutdownNow(); // nothing can be made of it: the server stops

        keeper.start();

        await(() -> stops.get() == 1);
        assertThat(engine.queues()).isEmpty();
    }

    private RunningEngine running() throws UpstreamException {
        starts.incrementAndGet();
        if (refuses) {
            throw new UpstreamException("not now");
        }
        return new RunningEngine(messages -> { }, new NoQueues(), () -> runs, stops::incrementAndGet);
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("not within " + DEADLINE).isNegative();
            Thread.onSpinWait();
        }
    }

    private static final class NoQueues implements ConsumerQueues {
        @Override
        public void keep(Set<String> groups) {
        }

        @Override
        public Optional<Status> status(String group) {
            return Optional.empty();
        }

        @Override
        public long clear(String group) {
            return 0;
        }

        @Override
        public Totals totals() {
            return new Totals(0, 0, 0);
        }
    }
}
