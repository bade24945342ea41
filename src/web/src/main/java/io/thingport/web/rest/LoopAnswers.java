package io.thingport.web.rest;

import io.thingport.web.ShortWait;
import io.thingport.web.problem.ProblemCode;
import io.thingport.web.problem.ProblemException;
import jakarta.ws.rs.container.AsyncResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Answers requests with what event loops complete. The request's thread waits a moment and answers itself; else it goes, and
 * the answer is made and written on the bounded managed executor. No loop writes one. Nothing within 15 s is answered 503, and
 * so is what that executor takes no more, by the server's timer; a timer of the server for every answer would cost more than
 * all else that is done for it.
 */
final class LoopAnswers {

    /** Longer than the longest call, 8 s; reached only when an outcome is lost. */
    static final Duration WAIT = Duration.ofSeconds(15);

    private static final ShortWait FIRST = new ShortWait(32, Duration.ofMillis(10));

    private LoopAnswers() {
    }

    /**
     * Answers with what a stage brings, now or later.
     *
     * @param executor makes and writes the answer, when it does not come at once; bounded
     * @param answer   makes the answer of the stage's value, or throws what is to be answered
     */
    static <T> void answer(Executor executor, AsyncResponse response, CompletionStage<T> stage,
            Function<T, Object> answer) {
        CompletableFuture<T> outcome = stage.toCompletableFuture();
        if (FIRST.isDone(outcome)) {
            outcome.whenComplete((value, failure) -> resume(response, value, failure, answer));
            return;
        }
        outcome.copy().orTimeout(WAIT.toSeconds(), TimeUnit.SECONDS).whenComplete((value, failure) -> {
            try {
                executor.execute(() -> resume(response, value, failure, answer));
            } catch (RejectedExecutionException e) {
                response.setTimeoutHandler(r -> r.resume(overloaded()));
                response.setTimeout(1, TimeUnit.MILLISECONDS);
            }
        });
    }

    private static <T> void resume(AsyncResponse response, T value, Throwable failure, Function<T, Object> answer) {
        if (failure != null) {
            Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            response.resume(cause instanceof TimeoutException ? overloaded() : cause);
            return;
        }
        Object made;
        try {
            made = answer.apply(value);
        } catch (RuntimeException e) {
            response.resume(e);
            return;
        }
        response.resume(made);
    }

    private static ProblemException overloaded() {
        return new ProblemException(ProblemCode.UNAVAILABLE, "the server could not answer in time; the outcome is not known");
    }
}
