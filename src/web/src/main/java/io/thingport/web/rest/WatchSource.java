package io.thingport.web.rest;

import io.thingport.platform.watch.WatchEvent;
import io.thingport.platform.watch.WatchEvent.Gap;
import io.thingport.platform.watch.WatchEvent.Shown;
import io.thingport.platform.watch.Watcher;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.util.Optional;

/** What devices do. */
record WatchSource(Watcher watcher) implements EventSource {

    @Override
    public Optional<OutboundSseEvent> next() {
        return watcher.next().map(WatchSource::event);
    }

    @Override
    public long position() {
        return watcher.position();
    }

    @Override
    public boolean ended() {
        return watcher.ended();
    }

    @Override
    public void close() {
        watcher.close();
    }

    private static OutboundSseEvent event(WatchEvent event) {
        return event instanceof Shown shown
                ? StreamEvent.of(EventJson.name(shown.message()), event.position(), EventJson.of(shown.message()))
                : StreamEvent.of("gap", event.position(), EventJson.gap(((Gap) event).missed()));
    }
}
