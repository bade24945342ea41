package io.thingport.web.rest;

import io.thingport.web.problem.ProblemCode;
import io.thingport.web.problem.ProblemException;
import jakarta.ws.rs.container.AsyncResponse;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Answers requests with what event loops complete. No request thread waits, and no loop writes an answer: it is made and
 * written on the bounded managed executor. When that takes no more, or nothing comes within 15 s, the server's timer
 * answers 503.
 */
final class LoopAnswers {

    /** Longer than the longest call, 8 s; reached only when an outcome is lost. */
    private static final long WAIT_SECONDS = 15;

    private LoopAnswers() {
    }

    /**
     * Answers with what a stage brings, now or later.
     *
     * @param executor makes and writes the answer; bounded
     * @param answer   makes the answer of the stage's value, or throws what is to be answered
     */
    static <T> void answer(Executor executor, AsyncResponse response, CompletionStage<T> stage,
            Function<T, Object> answer) {
        response.setTimeoutHandler(r -> r.resume(overloaded()));
        response.setTimeout(WAIT_SECONDS, TimeUnit.SECONDS);
        stage.whenComplete((value, failure) -> {
            try {
                executor.execute(() -> resume(response, value, failure, answer));
            } catch (RejectedExecutionException e) {
                response.setTimeout(1, TimeUnit.MILLISECONDS);
            }
        });
    }

    private static <T> void resume(AsyncResponse response, T value, Throwable failure, Function<T, Object> answer) {
        response.setTimeout(AsyncResponse.NO_TIMEOUT, TimeUnit.SECONDS); // or the timer stays until it rings
        if (failure != null) {
            response.resume(failure instanceof CompletionException && failure.getCause() != null ? failure.getCause()
                    : failure);
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
