package io.thingport.web.rest;

import io.thingport.platform.accesskey.Caller;
import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.devicelog.LiveLog;
import io.thingport.platform.devicelog.LogFilter;
import io.thingport.web.problem.ProblemException;
import io.thingport.web.security.CallerContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.Optional;

/** Opens streams of what goes into the device log. No thread waits for what they bring. */
@ApplicationScoped
class LogStreams {

    private static final Duration PAUSE = Duration.ofSeconds(30); // until somebody may have stopped following

    @Inject
    private LiveLog live;
    @Inject
    private EventStreams streams;

    private final Jsonb json = JsonbBuilder.create();

    /** @param lastEventId as the header has it */
    void open(LogFilter filter, Optional<String> lastEventId, SecurityContext caller, SseEventSink sink,
            HttpServletResponse response) {
        String accessKeyId = CallerContext.accessKeyOf(caller);
        streams.start(wake -> live.follow(filter, accessKeyId, EventStreams.position(lastEventId), wake)
                .map(follower -> new LogSource(follower, json))
                .orElseThrow(() -> ProblemException.throttled("too many follow the log already", PAUSE)),
                () -> streams.check(accessKeyId, key -> mayFollow(key, filter)), sink, response);
    }

    private static boolean mayFollow(Caller key, LogFilter filter) {
        return filter.products().isEmpty() ? key.mayEverywhere(Scope.READ)
                : filter.products().stream().allMatch(product -> key.may(Scope.READ, product));
    }

    @PreDestroy
    void close() { // the container takes no method that throws something checked
        try {
            json.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
