package io.thingport.mqtt.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.MqttLoop;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class DeadlineWheelTest {

    private long millis = 12_345;
    private final DeadlineWheel wheel = new DeadlineWheel(() -> millis * 1_000_000);
    private final List<String> ran = new ArrayList<>();

    @Property
    void aTaskRunsNotBeforeItsDelayAndWithinATickAfterIt(@ForAll @LongRange(max = 1_000) long offset,
            @ForAll @LongRange(max = 200_000) long delay) {
        DeadlineWheelTest test = new DeadlineWheelTest();
        test.passTo(offset);
        test.schedule(delay, "task");

        test.passTo(offset + delay - 1);
        assertThat(test.ran).isEmpty();

        test.passTo(offset + delay + 100);
        assertThat(test.ran).containsExactly("task");
    }

    @Test
    void aTaskOfTheDistantFutureStaysThroughAllTurnsOfTheWheel() {
        schedule(DeadlineWheel.SLOTS * 100L * 3 + 1_000, "later");
        schedule(1_000, "sooner");

        passTo(DeadlineWheel.SLOTS * 100L * 3);
        assertThat(ran).containsExactly("sooner");

        passTo(DeadlineWheel.SLOTS * 100L * 3 + 1_000);
        assertThat(ran).containsExactly("sooner", "later");
    }

    @Test
    void aTaskRunsOnce() {
        schedule(100, "task");

        passTo(DeadlineWheel.SLOTS * 100L * 2);

        assertThat(ran).containsExactly("task");
    }

    @Test
    void aDelayOfNothingRunsInTheNextTick() {
        passTo(250);
        schedule(0, "task");
        assertThat(ran).isEmpty();

        passTo(300);

        assertThat(ran).containsExactly("task");
    }

    @Test
    void ticksThatWereMissedRunTheirTasksInOrder() {
        schedule(700, "third");
        schedule(200, "first");
        schedule(500, "second");

        millis += 5_000;
        runDue();

        assertThat(ran).containsExactly("first", "second", "third");
    }

    @Test
    void aTaskScheduledWhileTheClockStoodIsNotEarly() {
        millis += 5_000;
        schedule(1_000, "task");

        runDue();
        assertThat(ran).isEmpty();

        millis += 1_000;
        runDue();
        assertThat(ran).containsExactly("task");
    }

    @Test
    void aCancelledTaskDoesNotRun() {
        schedule(100, "before");
        MqttLoop.Timer timer = schedule(100, "cancelled");
        schedule(100, "behind");
        timer.cancel();
        timer.cancel();

        passTo(1_000);

        assertThat(ran).containsExactlyInAnyOrder("before", "behind");
    }

    @Test
    void aTaskMayCancelOneThatIsDueInTheSameTick() {
        List<MqttLoop.Timer> timers = new ArrayList<>();
        timers.add(wheel.schedule(100, () -> cancelOther(timers, 1)));
        timers.add(wheel.schedule(100, () -> cancelOther(timers, 0)));

        passTo(100);

        assertThat(ran).hasSize(1);
    }

    @Test
    void cancellingWhatHasRunDoesNothing() {
        MqttLoop.Timer timer = schedule(100, "task");
        passTo(100);
        schedule(100, "next");

        timer.cancel();
        passTo(200);

        assertThat(ran).containsExactly("task", "next");
    }

    @Test
    void theNextTickIsNeverMoreThanATickAway() {
        assertThat(wheel.nanosToNextTick()).isEqualTo(100_000_000);
        millis += 30;
        assertThat(wheel.nanosToNextTick()).isEqualTo(70_000_000);
    }

    private void cancelOther(List<MqttLoop.Timer> timers, int other) {
        ran.add("cancels " + other);
        timers.get(other).cancel();
    }

    private MqttLoop.Timer schedule(long delay, String name) {
        return wheel.schedule(delay, () -> ran.add(name));
    }

    /** Lets the time pass in steps of 1 ms up to this one since the start, ticking when a tick begins. */
    private void passTo(long sinceStart) {
        while (millis < 12_345 + sinceStart) {
            millis++;
            if ((millis - 12_345) % DeadlineWheel.TICK_MILLIS == 0) {
                runDue();
            }
        }
    }

    private void runDue() {
        wheel.advance().forEach(Runnable::run);
    }
}
