package io.thingport.web.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class ClosingsTest {

    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final List<Integer> closed = new ArrayList<>();
    private final Closings closings = new Closings();

    @Test
    void soManyThreadsCloseAtATime() {
        close(Closings.AT_ONCE + 1);

        assertThat(threads).hasSize(Closings.AT_ONCE);
    }

    @Test
    void theOthersFollow() {
        close(Closings.AT_ONCE + 1);
        threads.remove().run();

        assertThat(closed).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void whenAllAreClosedThreadsAreFreeForMore() {
        close(Closings.AT_ONCE + 1);
        threads.forEach(Runnable::run);
        threads.clear();
        close(1);

        assertThat(threads).hasSize(1);
    }

    @Test
    void whatFoundNoThreadIsClosedWithTheNext() {
        closings.add(() -> closed.add(-1), task -> {
            throw new RejectedExecutionException();
        });
        close(1);
        threads.remove().run();

        assertThat(closed).containsExactly(-1, 0);
    }

    private void close(int times) {
        for (int i = 0; i < times; i++) {
            int number = i;
            closings.add(() -> closed.add(number), threads::add);
        }
    }
}
