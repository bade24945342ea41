package io.thingport.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.platform.dashboard.Right;
import io.thingport.web.problem.ProblemException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewTokenRequestTest {

    @Test
    void aTokenIsValidForAnHourUnlessItSaysOtherwise() {
        NewTokenRequest.Wanted wanted = new NewTokenRequest(List.of("a1", "b2", "a1"), List.of("watch", "status", "watch"),
                Optional.empty()).toWanted();
        assertThat(wanted.products()).containsExactlyInAnyOrder("a1", "b2");
        assertThat(wanted.rights()).containsExactlyInAnyOrder(Right.WATCH, Right.STATUS);
        assertThat(wanted.lifetime()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void everythingThatIsWrongIsTold() {
        assertThatThrownBy(() -> new NewTokenRequest(List.of("+"), List.of("WATCH"), Optional.of(1)).toWanted())
                .isInstanceOf(ProblemException.class)
                .hasMessageContainingAll("products[0]", "rights[0]", "lifetimeSeconds");
    }

    @Test
    void atLeastOneProductAndOneRightAreNeeded() {
        assertThatThrownBy(() -> new NewTokenRequest(List.of(), List.of(), Optional.empty()).toWanted())
                .hasMessageContainingAll("products", "rights");
    }

    @Test
    void thereAreNoMoreProductsThanATokenHolds() {
        assertThatThrownBy(() -> new NewTokenRequest(Collections.nCopies(21, "a1"), List.of("watch"), Optional.empty())
                .toWanted()).hasMessageContaining("1 to 20");
    }

    @ParameterizedTest
    @ValueSource(ints = {59, 86_401, -1, Integer.MAX_VALUE})
    void theLifetimeIsBounded(int seconds) {
        assertThatThrownBy(() -> new NewTokenRequest(List.of("a1"), List.of("watch"), Optional.of(seconds)).toWanted())
                .hasMessageContaining("60 to 86400");
    }
}
