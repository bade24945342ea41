package io.thingport.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.web.problem.ProblemCode;
import io.thingport.web.problem.ProblemException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepetitionsTest {

    private record Body(String text) {
    }

    private static final Body BODY = new Body("hello");

    private final AtomicLong time = new AtomicLong();
    private final Repetitions repetitions = new Repetitions(time::get, 4);
    private final AtomicInteger done = new AtomicInteger();

    @Test
    void aRepetitionIsAnsweredAsTheFirstWasAndDoesNothing() {
        assertThat(work("key")).isEqualTo("answer 1");
        assertThat(work("key")).isEqualTo("answer 1");
        assertThat(repetitions.repeated()).isEqualTo(1);
    }

    @Test
    void callersHaveTheirOwnKeys() {
        work("key");

        assertThat(join(once("key", "other", "a", BODY, this::answer))).isEqualTo("answer 2");
    }

    @Test
    void anotherBodyOrTargetIsRefused() {
        work("key");

        refused(ProblemCode.IDEMPOTENCY_KEY_REUSED, () -> once("key", "caller", "a", new Body("bye"), this::answer));
        refused(ProblemCode.IDEMPOTENCY_KEY_REUSED, () -> once("key", "caller", "b", BODY, this::answer));
        assertThat(done).hasValue(1);
    }

    @Test
    void oneThatStillGoesOnIsRefused() {
        CompletableFuture<Object> first = new CompletableFuture<>();
        once("key", "caller", "a", BODY, () -> first);

        refused(ProblemCode.IDEMPOTENCY_KEY_IN_USE, () -> work("key"));
        first.complete("late");
        assertThat(work("key")).isEqualTo("late");
    }

    @Test
    void whatFailedMayBeTriedAgain() {
        once("later", "caller", "a", BODY, () -> CompletableFuture.failedFuture(new IllegalStateException()));
        assertThat(work("later")).isEqualTo("answer 1");
        assertThatThrownBy(() -> once("now", "caller", "a", BODY, () -> {
            throw new IllegalStateException();
        })).isInstanceOf(IllegalStateException.class);
        assertThat(work("now")).isEqualTo("answer 2");
    }

    @Test
    void aKeyIsForgottenAfterItsTime() {
        work("key");
        time.set(Repetitions.KEPT.toNanos());

        assertThat(work("key")).isEqualTo("answer 2");
        assertThat(repetitions.keys()).isEqualTo(1);
    }

    @Test
    void tooManyKeysAreRefusedAndTheseCounted() {
        work("one");
        work("two");

        refused(ProblemCode.THROTTLED, () -> work("three"));
        assertThat(repetitions.refused()).isEqualTo(1);
        assertThat(work("one")).isEqualTo("answer 1");
    }

    @Test
    void oneCallerLeavesRoomForOthers() {
        work("one");
        work("two");

        refused(ProblemCode.THROTTLED, () -> work("three"));
        assertThat(join(once("three", "other", "a", BODY, this::answer))).isEqualTo("answer 3");
    }

    @Test
    void whatIsForgottenLeavesRoomForItsCaller() {
        once("failed", "caller", "a", BODY, () -> CompletableFuture.failedFuture(new IllegalStateException()));
        work("one");
        work("two");
        time.set(Repetitions.KEPT.toNanos());

        assertThat(work("three")).isEqualTo("answer 3");
        assertThat(work("four")).isEqualTo("answer 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "\u00e9", "tab\t"})
    void aKeyIsVisibleAscii(String key) {
        refused(ProblemCode.INVALID_REQUEST, () -> work(key));
        refused(ProblemCode.INVALID_REQUEST, () -> work("x".repeat(129)));
    }

    private Object work(String key) {
        return join(once(key, "caller", "a", BODY, this::answer));
    }

    private CompletionStage<Object> once(String key, String caller, String target, Body body,
            java.util.function.Supplier<CompletionStage<Object>> work) {
        return repetitions.once(key, caller, target, body, work);
    }

    private CompletionStage<Object> answer() {
        return CompletableFuture.completedFuture("answer " + done.incrementAndGet());
    }

    private static Object join(CompletionStage<Object> stage) {
        return stage.toCompletableFuture().join();
    }

    private static void refused(ProblemCode code, Runnable work) {
        assertThatThrownBy(work::run).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
