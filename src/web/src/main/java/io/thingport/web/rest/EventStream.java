package io.thingport.web.rest;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Sends one client what it watches: one event after the other, the next when the connection has taken the one before. That
 * is done on the executor by one thread at a time, some events at once, and goes on a moment after the
 * server has told that the connection took them. Nobody waits.
 */
final class EventStream {

    /** How often a comment is sent, by which a client and everything in between knows that the connection lives. */
    static final Duration HEARTBEAT = Duration.ofSeconds(15);
    /** After so many heartbeats during which a client has taken nothing of an event its connection is closed. */
    static final int STALLED_MAXIMUM = 4;
    /** So many events are sent at once, and then none for a while: a busy product leaves the server to its devices. */
    static final int SLICE = 32;
    private static final Duration PAUSE = Duration.ofMillis(15);

    private final SseEventSink sink;
    private final Executor executor;
    private final BiFunction<Duration, Runnable, Future<?>> later;
    private volatile Optional<EventSource> source = Optional.empty(); // set once, while a first wake may already come

    // Guarded by this:
    private Optional<Future<?>> heartbeat = Optional.empty();
    private boolean sending; // somebody is
    private boolean again; // who is sending has to look once more
    private boolean beat = true; // a heartbeat is due; the first one opens the stream
    private int stalled; // heartbeats that came due while the same event was being sent
    private boolean closed;

    /**
     * @param executor bounded; for sending
     * @param later    runs a task after a time
     */
    EventStream(SseEventSink sink, Executor executor, BiFunction<Duration, Runnable, Future<?>> later) {
        this.sink = sink;
        this.executor = executor;
        this.later = later;
    }

    /**
     * Begins; what is there to be seen is sent when it is woken. Once.
     *
     * @param opening gives the source of the events, which wakes this stream
     */
    void open(Function<Runnable, EventSource> opening) {
        source = Optional.of(opening.apply(this::wake));
        armHeartbeat();
    }

    private synchronized void armHeartbeat() {
        if (!closed) {
            heartbeat = Optional.of(later.apply(HEARTBEAT, this::heartbeat));
        }
    }

    /** There may be something to send, or the watching has ended. From any thread. */
    void wake() {
        if (source.isPresent() && enter()) {
            goOn();
        }
    }

    private void goOn() {
        try {
            executor.execute(this::send);
        } catch (RejectedExecutionException e) { // the next heartbeat tries again
            synchronized (this) {
                sending = false;
            }
        }
    }

    /** Ends, and leaves the connection to who answers with an error. */
    void abandon() {
        synchronized (this) {
            closed = true;
            heartbeat.ifPresent(timer -> timer.cancel(false));
        }
        source.ifPresent(EventSource::close);
    }

    private void close() {
        abandon();
        sink.close();
    }

    private synchronized boolean enter() {
        again |= sending;
        boolean entered = !sending && !closed;
        sending |= entered;
        return entered;
    }

    private void heartbeat() {
        boolean dead;
        synchronized (this) {
            stalled = sending ? stalled + 1 : 0;
            beat = true;
            dead = stalled >= STALLED_MAXIMUM;
        }
        if (dead) {
            close();
        } else {
            armHeartbeat();
            wake();
        }
    }

    private void send() {
        CompletableFuture<?> sent = CompletableFuture.completedFuture(null);
        int count = 0;
        Optional<OutboundSseEvent> next = next();
        while (next.isPresent()) {
            sent = send(next.get());
            count++;
            next = count < SLICE && sent.isDone() && !sent.isCompletedExceptionally() ? next() : Optional.empty();
        }
        if (count > 0) {
            sent.whenComplete((nothing, failure) -> {
                if (failure == null) {
                    later.apply(PAUSE, this::goOn);
                } else {
                    close();
                }
            });
        } else if (!rest()) {
            goOn();
        }
    }

    /** Nobody is sending any more, unless there may be something again. */
    private synchronized boolean rest() {
        boolean rests = !again || closed;
        sending = !rests;
        again = false;
        return rests;
    }

    private CompletableFuture<?> send(OutboundSseEvent event) {
        try {
            return sink.send(event).toCompletableFuture();
        } catch (RuntimeException e) { // it has been closed
            return CompletableFuture.failedFuture(e);
        }
    }

    private Optional<OutboundSseEvent> next() {
        EventSource from = source.orElseThrow();
        if (from.ended()) {
            close();
            return Optional.empty();
        }
        Optional<OutboundSseEvent> event = from.next();
        synchronized (this) {
            stalled = 0;
            if (event.isEmpty() && beat) {
                beat = false;
                return Optional.of(StreamEvent.heartbeat(from.position()));
            }
            return event;
        }
    }
}
