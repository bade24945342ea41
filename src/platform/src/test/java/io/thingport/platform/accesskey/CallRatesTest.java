package io.thingport.platform.accesskey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallRatesTest {

    private long now;
    private final CallRates rates = new CallRates(2, () -> now);

    @Test
    void moreThanTheRateDoesNotPass() {
        assertThat(take(usual("a")).passes()).isTrue();
        assertThat(take(usual("a")).passes()).isTrue();
        assertThat(take(usual("a"))).isEqualTo(new CallRates.Use(2, 0, Duration.ofMillis(500)));
        assertThat(rates.refused()).isEqualTo(1);
    }

    @Test
    void afterThePauseTheNextPasses() {
        take(usual("a"));
        take(usual("a"));
        now += take(usual("a")).pause().toNanos();

        assertThat(take(usual("a")).passes()).isTrue();
    }

    @Test
    void whatRemainsIsTold() {
        assertThat(take(usual("a")).remaining()).isEqualTo(1);
        assertThat(take(usual("a")).remaining()).isZero();
    }

    @Test
    void eachCallerHasARateOfHisOwn() {
        take(usual("a"));
        take(usual("a"));

        assertThat(take(usual("b")).passes()).isTrue();
    }

    @Test
    void theRateOfAKeyGoesBeforeTheUsualOne() {
        assertThat(take(limited(7)).limit()).isEqualTo(7);
        assertThat(rates.take(limited(0))).isEmpty();
    }

    @Test
    void aChangedRateCountsAtOnce() {
        take(limited(1));
        assertThat(take(limited(1)).passes()).isFalse();

        assertThat(take(limited(3)).passes()).isTrue();
    }

    @Test
    void withoutAnyRateNothingIsBounded() {
        assertThat(new CallRates(0, () -> now).take(usual("a"))).isEmpty();
    }

    private CallRates.Use take(Caller caller) {
        Optional<CallRates.Use> use = rates.take(caller);
        return use.orElseThrow();
    }

    private static Caller usual(String id) {
        return new Caller(id, Set.of(Scope.READ));
    }

    private static Caller limited(int rate) {
        return new Caller("a", Set.of(Scope.READ), Set.of(), OptionalInt.of(rate));
    }
}
