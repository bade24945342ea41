package io.thingport.platform.session;

import io.thingport.mqtt.MqttLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A loop without a thread: it runs when the test says so. */
final class TestLoop implements MqttLoop {

    private final int index;
    private final TestClock clock;
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final List<TestTimer> timers = new ArrayList<>();
    private boolean running;
    private boolean full;

    private static final class TestTimer implements Timer {
        private final long dueMillis;
        private final Runnable task;
        private boolean cancelled;

        TestTimer(long dueMillis, Runnable task) {
            this.dueMillis = dueMillis;
            this.task = task;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    TestLoop(int index, TestClock clock) {
        this.index = index;
        this.clock = clock;
    }

    /** From now on the queue takes nothing more, or again. */
    void full(boolean full) {
        this.full = full;
    }

    /** Runs something as one turn of this loop. */
    void run(Runnable task) {
        boolean outer = running;
        running = true;
        try {
            task.run();
        } finally {
            running = outer;
        }
    }

    /** Runs something in a turn to come, however full the queue is. */
    void later(Runnable task) {
        tasks.add(task);
    }

    /** Runs what was posted; false when that was nothing. */
    boolean runPosted() {
        boolean any = !tasks.isEmpty();
        while (!tasks.isEmpty()) {
            run(tasks.remove());
        }
        return any;
    }

    /** Runs what is due. */
    void runTimers() {
        Optional<TestTimer> due;
        do {
            due = timers.stream().filter(t -> t.dueMillis <= clock.millis()).findFirst();
            due.ifPresent(timer -> {
                timers.remove(timer);
                if (!timer.cancelled) {
                    run(timer.task);
                }
            });
        } while (due.isPresent());
    }

    /** How many timers have neither run nor been taken back. */
    long timersWaiting() {
        return timers.stream().filter(t -> !t.cancelled).count();
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public boolean inLoop() {
        return running;
    }

    @Override
    public boolean post(Runnable task) {
        return !full && tasks.add(task);
    }

    @Override
    public void soon(Runnable task) {
        schedule(SOON_MILLIS, TimeUnit.MILLISECONDS, task);
    }

    @Override
    public Timer schedule(long delay, TimeUnit unit, Runnable task) {
        if (!running) {
            throw new IllegalStateException("not on the loop's thread");
        }
        TestTimer timer = new TestTimer(clock.millis() + unit.toMillis(delay), task);
        timers.add(timer);
        return timer;
    }
}
