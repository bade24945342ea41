package io.thingport.web.rest;

import io.thingport.platform.accesskey.Caller;
import io.thingport.platform.accesskey.KnownKeys;
import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.upstream.UpstreamKind;
import io.thingport.platform.watch.TooManyWatchersException;
import io.thingport.platform.watch.WatchHub;
import io.thingport.platform.watch.WatchRequest;
import io.thingport.platform.watch.Watcher;
import io.thingport.web.problem.ProblemCode;
import io.thingport.web.problem.ProblemException;
import io.thingport.web.security.CallerContext;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.sse.SseEventSink;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Opens streams of events. No thread waits for what they bring. */
@ApplicationScoped
class EventStreams {

    private static final Map<String, UpstreamKind> KINDS = Map.of("data", UpstreamKind.DATA, "status", UpstreamKind.STATUS);
    private static final Duration PAUSE = Duration.ofSeconds(30); // until somebody may have stopped watching

    @Inject
    private WatchHub hub;

    @Inject
    private KnownKeys keys;

    @Resource(lookup = "concurrent/thingport")
    private ManagedExecutorService executor;

    @Resource
    private ManagedScheduledExecutorService scheduler;

    /**
     * Opens a stream. What was gone before the watching began is not told as its end, so it is looked at before and after.
     *
     * @param kinds       as the query has them
     * @param lastEventId as the header has it
     * @param check       throws when what is to be watched does not exist
     */
    void open(String productKey, Optional<String> deviceName, Optional<String> kinds, Optional<String> lastEventId,
            SecurityContext caller, Runnable check, SseEventSink sink, HttpServletResponse response) {
        WatchRequest request = new WatchRequest(productKey, deviceName, kinds(kinds), CallerContext.accessKeyOf(caller),
                position(lastEventId));
        start(wake -> new WatchSource(watch(request, wake)), () -> {
            check.run();
            check(request.accessKeyId(), key -> key.may(Scope.CONSUME, productKey));
        }, sink, response);
    }

    private Watcher watch(WatchRequest request, Runnable wake) {
        try {
            return hub.watch(request, wake);
        } catch (TooManyWatchersException e) {
            throw ProblemException.throttled(e.getMessage(), PAUSE);
        }
    }

    /**
     * Opens a stream of anything.
     *
     * @param opening gives the source of the events, which wakes the stream
     * @param check   throws when the caller may not see them; what was so before the source was there is not told as its end, so
     *                it is looked at before and after
     */
    void start(Function<Runnable, EventSource> opening, Runnable check, SseEventSink sink, HttpServletResponse response) {
        check.run();
        response.setBufferSize(1); // what is written leaves at once; a flush would wait for a client that does not read
        EventStream stream = new EventStream(sink, executor, this::later);
        try {
            stream.open(opening);
            check.run();
            stream.wake();
        } catch (RuntimeException e) {
            stream.abandon();
            throw e;
        }
    }

    /** @throws ProblemException when the access key is not valid any more, or may not do this */
    void check(String accessKeyId, Predicate<Caller> allowed) {
        keys.find(accessKeyId).filter(allowed).orElseThrow(
                () -> new ProblemException(ProblemCode.UNAUTHENTICATED, "the access key is not valid"));
    }

    private Future<?> later(Duration delay, Runnable task) {
        return scheduler.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The kinds of events in a list like {@code data,status}; all when it is absent. */
    private static Set<UpstreamKind> kinds(Optional<String> text) {
        if (text.isEmpty()) {
            return Set.copyOf(KINDS.values());
        }
        List<String> names = List.of(text.get().split(",", -1));
        if (!KINDS.keySet().containsAll(names)) {
            throw ProblemException.invalid("kinds", "has to be data, status or both with a comma");
        }
        return names.stream().map(KINDS::get).collect(Collectors.toSet());
    }

    /** Where to go on, as the header has it. */
    static OptionalLong position(Optional<String> lastEventId) {
        if (lastEventId.isEmpty() || lastEventId.get().isEmpty()) {
            return OptionalLong.empty();
        }
        if (!lastEventId.get().matches("[0-9]{1,19}")) {
            throw ProblemException.invalid("Last-Event-ID", "has to be the id of an event");
        }
        return OptionalLong.of(new BigInteger(lastEventId.get()).min(BigInteger.valueOf(Long.MAX_VALUE)).longValue());
    }
}
