package io.thingport.platform.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.Origin;
import io.thingport.platform.limits.FailedAttempts.Bounds;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FailedAttemptsTest {

    private static final long SECOND = 1_000_000_000L;
    private static final Origin ONE = new Origin(1, false);
    private static final Origin OTHER = new Origin(2, false);

    /** Three in a minute; then one, two, three seconds; two wait for each, three in all. */
    private final FailedAttempts attempts = new FailedAttempts(3,
            new Bounds(Duration.ofSeconds(1), Duration.ofSeconds(3), 2, 3, 100));
    private long now;

    @Test
    void theFirstOfAMinuteAreAnsweredAtOnce() {
        for (int i = 0; i < 3; i++) {
            assertThat(fail(ONE)).hasValue(0);
        }
    }

    @Test
    void eachOneMoreIsHeldBackForLonger() {
        exhaust(ONE);
        assertThat(fail(ONE)).hasValue(SECOND);
        assertThat(fail(ONE)).hasValue(2 * SECOND);
    }

    @Test
    void noneIsHeldBackForLongerThanTheLongest() {
        exhaust(ONE);
        for (int i = 0; i < 10; i++) {
            assertThat(fail(ONE).orElseThrow()).isLessThanOrEqualTo(3 * SECOND);
            attempts.answered(ONE);
        }
    }

    @Test
    void whenTooManyOfAnAddressWaitTheNextIsNotAnswered() {
        exhaust(ONE);
        fail(ONE);
        fail(ONE);
        assertThat(fail(ONE)).isEmpty();
        assertThat(attempts.unanswered()).isEqualTo(1);
    }

    @Test
    void whenOneHasBeenAnsweredAnotherMayWait() {
        exhaust(ONE);
        fail(ONE);
        fail(ONE);
        attempts.answered(ONE);
        assertThat(fail(ONE)).isPresent();
    }

    @Test
    void whenTooManyWaitInAllTheNextIsNotAnswered() {
        exhaust(ONE);
        fail(ONE);
        fail(ONE);
        exhaust(OTHER);
        fail(OTHER);
        assertThat(fail(OTHER)).isEmpty();
    }

    @Test
    void anotherAddressIsNotConcerned() {
        exhaust(ONE);
        fail(ONE);
        assertThat(fail(OTHER)).hasValue(0);
    }

    @Test
    void failuresPassWithTheTime() {
        exhaust(ONE);
        now += 20 * SECOND;
        assertThat(fail(ONE)).hasValue(0);
        assertThat(fail(ONE)).hasValue(SECOND);
    }

    @Test
    void theWorstIsOverAfterSomeMinutes() {
        exhaust(ONE);
        for (int i = 0; i < 1_000; i++) {
            fail(ONE);
        }
        now += 120 * SECOND;
        assertThat(attempts.isSuspect(ONE, now)).isFalse();
    }

    @Test
    void anAddressIsSuspectOnceItsNextFailureWouldWait() {
        fail(ONE);
        fail(ONE);
        assertThat(attempts.isSuspect(ONE, now)).isFalse();
        fail(ONE);
        assertThat(attempts.isSuspect(ONE, now)).isTrue();
    }

    @Test
    void whatIsHeldBackIsCounted() {
        exhaust(ONE);
        fail(ONE);
        assertThat(attempts.delayed()).isEqualTo(1);
    }

    @Test
    void zeroMeansThatAllAreAnsweredAtOnce() {
        FailedAttempts free = new FailedAttempts(0);
        for (int i = 0; i < 1_000; i++) {
            assertThat(free.failed(ONE, now)).hasValue(0);
        }
        assertThat(free.isSuspect(ONE, now)).isFalse();
    }

    /** Whoever has a botnet fills no memory. */
    @Test
    void addressesAreBounded() {
        for (int i = 0; i < 1_000; i++) {
            attempts.failed(new Origin(i, true), now);
        }
        assertThat(attempts.size()).isLessThanOrEqualTo(100);
    }

    private void exhaust(Origin origin) {
        for (int i = 0; i < 3; i++) {
            fail(origin);
        }
    }

    private OptionalLong fail(Origin origin) {
        return attempts.failed(origin, now);
    }
}
