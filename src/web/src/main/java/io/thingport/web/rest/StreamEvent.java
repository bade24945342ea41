package io.thingport.web.rest;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.lang.reflect.Type;
import java.util.Optional;

/**
 * One block of a stream of events [HTML, 9.2.6].
 *
 * @param name empty for none
 * @param id   where a client goes on that comes again
 * @param data one line; empty for a heartbeat: a comment, and no event to the client, which takes the id over all the same
 */
record StreamEvent(Optional<String> name, String id, Optional<String> data) implements OutboundSseEvent {

    static StreamEvent heartbeat(long position) {
        return new StreamEvent(Optional.empty(), Long.toString(position), Optional.empty());
    }

    static StreamEvent of(String name, long position, String data) {
        return new StreamEvent(Optional.of(name), Long.toString(position), Optional.of(data));
    }

    @Override
    public Class<?> getType() {
        return String.class;
    }

    @Override
    public Type getGenericType() {
        return String.class;
    }

    @Override
    public MediaType getMediaType() {
        return MediaType.TEXT_PLAIN_TYPE;
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public String getName() {
        return name.orElse(null); // the interface's word for none
    }

    @Override
    public Object getData() {
        return data.orElse(null);
    }

    @Override
    public String getComment() {
        return data.isPresent() ? null : "";
    }

    @Override
    public long getReconnectDelay() {
        return RECONNECT_NOT_SET;
    }

    @Override
    public boolean isReconnectDelaySet() {
        return false;
    }
}
