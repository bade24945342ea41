package io.thingport.web.rest;

import jakarta.ws.rs.sse.OutboundSseEvent;
import java.util.Optional;

/** Where a stream's events come from. From any thread, by one at a time; never blocks. */
interface EventSource {

    /** The next event. When there is none, the stream is woken once there is. */
    Optional<OutboundSseEvent> next();

    /** All that is wanted up to this position has been given. */
    long position();

    /** Whether the stream must stop; it is woken to see that. */
    boolean ended();

    /** Nothing is wanted any more. More than once is as once. */
    void close();
}
