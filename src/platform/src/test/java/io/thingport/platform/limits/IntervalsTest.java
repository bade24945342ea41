package io.thingport.platform.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class IntervalsTest {

    private final Intervals intervals = new Intervals(Duration.ofNanos(100), 2);

    @Test
    void onceInAnInterval() {
        assertThat(intervals.take("a", 1000)).isZero();
        assertThat(intervals.take("a", 1030)).isEqualTo(70);
        assertThat(intervals.take("a", 1099)).isEqualTo(1);
        assertThat(intervals.take("a", 1100)).isZero();
    }

    @Test
    void askingInVainDoesNotPutItOff() {
        intervals.take("a", 0);
        intervals.take("a", 99);
        assertThat(intervals.take("a", 100)).isZero();
    }

    @Test
    void eachNameHasItsOwn() {
        intervals.take("a", 0);
        assertThat(intervals.take("b", 1)).isZero();
    }

    @Test
    void namesAreBounded() {
        intervals.take("a", 0);
        intervals.take("b", 50);
        assertThat(intervals.take("c", 60)).isEqualTo(100);
        assertThat(intervals.take("c", 100)).isZero();
    }
}
