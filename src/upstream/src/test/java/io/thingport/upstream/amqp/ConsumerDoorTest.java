package io.thingport.upstream.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.platform.upstream.ConsumerEvents;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConsumerDoorTest {

    private static final long DEADLINE = 10; // seconds

    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    @Test
    void aConnectionThatCannotBeWatchedDoesNotKeepTheOthersFromIt() throws Exception {
        ConsumerDoor door = door(Duration.ofMillis(1));
        CountDownLatch ticks = new CountDownLatch(2);
        for (int i = 0; i < 10; i++) {
            door.opened(i, () -> {
                throw new IllegalStateException("on purpose");
            });
        }
        door.opened("other", ticks::countDown);
        door.tickOn(scheduler);

        assertThat(ticks.await(DEADLINE, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void timePassesOnceForAllPorts() {
        ConsumerDoor door = door(Duration.ofHours(1));
        door.tickOn(scheduler);
        door.tickOn(scheduler);

        assertThat(scheduler.getQueue()).hasSize(1);
    }

    private static ConsumerDoor door(Duration tick) {
        return new ConsumerDoor((id, method, content, signature) -> Optional.empty(), Runnable::run, new ConsumerEvents(),
                new ConsumerLimits(1, 1, 1, 0, 0, 0, new ConsumerTimes(tick, tick, tick, tick, tick, tick)), System::nanoTime);
    }
}
