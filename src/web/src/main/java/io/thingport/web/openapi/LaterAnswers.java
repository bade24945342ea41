package io.thingport.web.openapi;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Answers requests with what event loops complete, when that is not there at once. No request thread waits, and no loop writes
 * an answer: it is made and written on the bounded executor. When that takes no more, or nothing comes within 15 s, the
 * server's timer answers.
 */
final class LaterAnswers {

    /** Requests that may be at work or wait for an answer. */
    static final int WAITING_MAXIMUM = 10_000;
    /** Longer than the longest call, 8 s; reached only when an outcome is lost. */
    private static final long WAIT_MILLIS = 15_000;
    private static final System.Logger LOG = System.getLogger(LaterAnswers.class.getName());

    private final Executor executor;
    private final AtomicInteger waiting = new AtomicInteger();

    /** @param executor makes and writes the answers; bounded */
    LaterAnswers(Executor executor) {
        this.executor = executor;
    }

    /**
     * Takes a place for a request, before what it asks for begins: afterwards it could not be told what came of it.
     *
     * @throws GatewayException when too many requests wait
     */
    void takePlace() {
        if (waiting.incrementAndGet() > WAITING_MAXIMUM) {
            waiting.decrementAndGet();
            throw new GatewayException(GatewayError.SERVICE_UNAVAILABLE,
                    "Too many requests wait for an answer; nothing was done for this one.");
        }
    }

    /** A request has been answered without waiting. */
    void leavePlace() {
        waiting.decrementAndGet();
    }

    /**
     * Answers a request, which has a place, when something is done. Once it is answered the place is free.
     *
     * @param answer makes the answer of it; on the executor
     * @param late   makes the answer when it is not done in time
     */
    <T> void answer(HttpServletRequest request, CompletableFuture<T> outcome,
            Function<CompletableFuture<T>, Answer> answer, Supplier<Answer> late) {
        AsyncContext context = request.startAsync();
        context.setTimeout(WAIT_MILLIS);
        Once once = new Once(context, late);
        context.addListener(once);
        outcome.whenComplete((value, failure) -> {
            try {
                executor.execute(() -> once.write(() -> answer.apply(outcome)));
            } catch (RejectedExecutionException e) {
                LOG.log(Level.DEBUG, "no thread for an answer: the timer gives one", e);
            }
        });
    }

    /** One request's answer, of which the first one counts. */
    private final class Once implements AsyncListener {

        private final AsyncContext context;
        private final Supplier<Answer> late;
        private final AtomicBoolean answered = new AtomicBoolean();

        Once(AsyncContext context, Supplier<Answer> late) {
            this.context = context;
            this.late = late;
        }

        void write(Supplier<Answer> answer) {
            if (!answered.compareAndSet(false, true)) {
                return;
            }
            try {
                answer.get().writeTo((HttpServletResponse) context.getResponse());
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "the client is gone", e);
            } finally {
                context.complete();
            }
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            write(late);
        }

        @Override
        public void onComplete(AsyncEvent event) {
            waiting.decrementAndGet();
        }

        @Override
        public void onError(AsyncEvent event) {
            answered.set(true);
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // nobody starts it again
        }
    }
}
