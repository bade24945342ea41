package io.thingport.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.platform.session.Loops;
import io.thingport.web.problem.ProblemCode;
import io.thingport.web.problem.ProblemException;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.TimeoutHandler;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class LoopAnswersTest {

    private static final Executor FULL = task -> {
        throw new RejectedExecutionException();
    };

    private final Queue<Runnable> executor = new ArrayDeque<>();
    private final Suspended response = new Suspended();
    private final CompletableFuture<String> stage = new CompletableFuture<>();

    @Test
    void answersOnTheExecutorNotWhereTheStageCompletes() {
        LoopAnswers.answer(executor::add, response, stage, value -> value + "!");
        stage.complete("hello");
        assertThat(response.answer).isNull();
        executor.remove().run();
        assertThat(response.answer).isEqualTo("hello!");
    }

    @Test
    void answersAtOnceWhatIsComplete() {
        stage.complete("hello");
        LoopAnswers.answer(FULL, response, stage, value -> value);
        assertThat(response.answer).isEqualTo("hello");
    }

    @Test
    void answersWithTheFailureOfTheStage() {
        LoopAnswers.answer(executor::add, response, stage.thenApply(v -> v), value -> value);
        RuntimeException failure = new RuntimeException();
        stage.completeExceptionally(failure);
        executor.remove().run();
        assertThat(response.answer).isSameAs(failure);
    }

    @Test
    void answersWithWhatTheMappingThrows() {
        ProblemException problem = new ProblemException(ProblemCode.TOPIC_NOT_PERMITTED, "no");
        LoopAnswers.answer(executor::add, response, stage, value -> {
            throw problem;
        });
        stage.complete("");
        executor.remove().run();
        assertThat(response.answer).isSameAs(problem);
    }

    @Test
    void leavesTheAnswerToTheTimerAtOnceWhenTheExecutorIsFull() {
        LoopAnswers.answer(FULL, response, stage, value -> value);
        stage.complete("");
        assertThat(response.answer).isNull();
        assertThat(response.timeoutMillis).isEqualTo(1);
    }

    @Test
    void theTimerAnswersUnavailable() {
        LoopAnswers.answer(FULL, response, stage, value -> value);
        stage.complete("");
        response.handler.handleTimeout(response);
        assertUnavailable();
    }

    @Test
    void answersUnavailableWhenAnOutcomeIsLost() {
        LoopAnswers.answer(executor::add, response, stage, value -> value);
        stage.completeExceptionally(new TimeoutException());
        executor.remove().run();
        assertUnavailable();
    }

    @Test
    void waitsLongerThanTheLongestCall() {
        assertThat(LoopAnswers.WAIT).isGreaterThan(Loops.CALL_MAXIMUM);
    }

    private void assertUnavailable() {
        assertThat(response.answer).isInstanceOfSatisfying(ProblemException.class,
                problem -> assertThat(problem.code()).isEqualTo(ProblemCode.UNAVAILABLE));
    }

    /** Remembers what it was told. */
    private static final class Suspended implements AsyncResponse {

        private Object answer;
        private long timeoutMillis;
        private TimeoutHandler handler;

        @Override
        public boolean resume(Object given) {
            answer = given;
            return true;
        }

        @Override
        public boolean resume(Throwable given) {
            answer = given;
            return true;
        }

        @Override
        public boolean setTimeout(long time, TimeUnit unit) {
            timeoutMillis = unit.toMillis(time);
            return true;
        }

        @Override
        public void setTimeoutHandler(TimeoutHandler given) {
            handler = given;
        }

        @Override
        public boolean cancel() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean cancel(int retryAfter) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean cancel(Date retryAfter) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isSuspended() {
            return answer == null;
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public boolean isDone() {
            return answer != null;
        }

        @Override
        public Collection<Class<?>> register(Class<?> callback) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<Class<?>, Collection<Class<?>>> register(Class<?> callback, Class<?>... callbacks) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Collection<Class<?>> register(Object callback) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<Class<?>, Collection<Class<?>>> register(Object callback, Object... callbacks) {
            throw new UnsupportedOperationException();
        }
    }
}
