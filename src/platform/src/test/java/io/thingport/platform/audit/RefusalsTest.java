package io.thingport.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RefusalsTest {

    private static final Actor MALLORY = new Actor("mallory", "192.0.2.66", Door.REST);

    private final AtomicLong time = new AtomicLong();
    private final AtomicInteger entered = new AtomicInteger();

    @Test
    void soManyInAMinuteAreEnteredAndTheOthersCounted() {
        Refusals refusals = new Refusals(() -> new AuditTrail() {
            @Override
            public void refused(Actor actor, String action, Subject subject) {
                entered.incrementAndGet();
            }
        }, time::get);

        refuse(refusals, Refusals.MINUTE_MAXIMUM + 5);
        assertThat(entered).hasValue(Refusals.MINUTE_MAXIMUM);
        assertThat(refusals.missed()).isEqualTo(5);

        time.set(Duration.ofMinutes(2).toNanos());
        refuse(refusals, 1);
        assertThat(entered).hasValue(Refusals.MINUTE_MAXIMUM + 1);
    }

    @Test
    void aDatabaseThatDoesNotTakeItIsNoFailureOfTheRequest() {
        Refusals refusals = new Refusals(() -> {
            throw new IllegalStateException("the database is away");
        }, time::get);

        refuse(refusals, 1);

        assertThat(refusals.missed()).isEqualTo(1);
    }

    private static void refuse(Refusals refusals, int times) {
        for (int i = 0; i < times; i++) {
            refusals.enter(MALLORY, "DELETE /products/a1AbCdEfGhI", Subject.product("a1AbCdEfGhI"));
        }
    }
}
