package io.thingport.platform.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineTest {

    private static final long DEADLINE_NANOS = Duration.ofSeconds(20).toNanos();

    private final Handover handover = new Handover(Thread::new);
    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
    private final Queues queues = new Queues();
    private volatile Set<String> groups = Set.of("one");
    private volatile boolean unreadable;
    private final Engine engine = new Engine(handover, this::groups, scheduler, Duration.ofMillis(1));

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    @Test
    void nothingIsHandedOverBeforeTheGroupsCanBeRead() {
        engine.connect(messages -> { }, queues);

        assertThat(queues.kept).isEmpty();
        assertThat(handover.status().ready()).isFalse();
    }

    @Test
    void theQueuesAreMadeBeforeMessagesAreHandedOver() {
        queues.failing = true;
        engine.open();
        engine.connect(messages -> { }, queues);
        await(() -> queues.attempts > 1);
        assertThat(handover.status().ready()).isFalse();

        queues.failing = false;

        await(() -> handover.status().ready());
        assertThat(queues.kept).containsExactly(Set.of("one"));
    }

    @Test
    void groupsThatCannotBeReadAreReadAgain() {
        unreadable = true;
        engine.connect(messages -> { }, queues);
        engine.open();

        unreadable = false;

        await(() -> handover.status().ready());
    }

    @Test
    void aNewGroupHasItsQueueBeforeTheNextMessage() {
        engine.open();
        engine.connect(messages -> { }, queues);
        await(() -> handover.status().ready());
        queues.failing = true;
        groups = Set.of("one", "two");

        engine.groupsChanged();

        assertThat(handover.status().ready()).isFalse();
        queues.failing = false;
        await(() -> handover.status().ready());
        assertThat(queues.kept).containsExactly(Set.of("one"), Set.of("one", "two"));
    }

    @Test
    void anEngineThatTookItselfBackGetsNothing() {
        engine.open();
        engine.connect(messages -> { }, queues);
        await(() -> handover.status().ready());

        engine.disconnect();
        engine.groupsChanged();

        assertThat(engine.queues()).isEmpty();
        assertThat(handover.status().ready()).isFalse();
    }

    @Test
    void theNextEngineGetsItsQueuesToo() {
        engine.open();
        engine.connect(messages -> { }, queues);
        await(() -> handover.status().ready());
        engine.disconnect();
        Queues next = new Queues();

        engine.connect(messages -> { }, next);

        await(() -> handover.status().ready());
        assertThat(next.kept).containsExactly(Set.of("one"));
    }

    private Set<String> groups() {
        if (unreadable) {
            throw new IllegalStateException("the database is away");
        }
        return groups;
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + DEADLINE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end >= 0) {
                fail("not in time");
            }
            Thread.onSpinWait();
        }
    }

    private static final class Queues implements ConsumerQueues {
        private final List<Set<String>> kept = new CopyOnWriteArrayList<>();
        private volatile boolean failing;
        private volatile int attempts; // by the scheduler's one thread

        @Override
        public void keep(Set<String> groups) throws UpstreamException {
            attempts++;
            if (failing) {
                throw new UpstreamException("not now");
            }
            kept.add(groups);
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
