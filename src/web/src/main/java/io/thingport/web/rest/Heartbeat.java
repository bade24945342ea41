package io.thingport.web.rest;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.lang.reflect.Type;

/**
 * A comment, by which everybody knows that the stream lives, and an id: a client that comes again goes on behind it. Having
 * no data it is no event to the client [HTML, 9.2.6].
 */
record Heartbeat(String id) implements OutboundSseEvent {

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
    public Object getData() {
        return null; // there is none
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public String getName() {
        return null; // it has none
    }

    @Override
    public String getComment() {
        return "";
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
