package io.thingport.web.rest;

import io.thingport.platform.devicelog.LogEvent;
import io.thingport.platform.devicelog.LogEvent.Gap;
import io.thingport.platform.devicelog.LogEvent.Shown;
import io.thingport.platform.devicelog.LogFollower;
import jakarta.json.bind.Jsonb;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.util.Optional;

/** What goes into the device log. */
record LogSource(LogFollower follower, Jsonb json) implements EventSource {

    @Override
    public Optional<OutboundSseEvent> next() {
        return follower.next().map(this::event);
    }

    @Override
    public long position() {
        return follower.position();
    }

    @Override
    public boolean ended() {
        return follower.ended();
    }

    @Override
    public void close() {
        follower.close();
    }

    private OutboundSseEvent event(LogEvent event) {
        return event instanceof Shown shown
                ? StreamEvent.of("log", event.position(), json.toJson(LogEntryAnswer.of(shown.line())))
                : StreamEvent.of("gap", event.position(), EventJson.gap(((Gap) event).missed()));
    }
}
