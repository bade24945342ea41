package io.thingport.platform.upstream;

import java.util.List;

/** The engine's way in: keeps messages until consumers have taken them. */
public interface UpstreamSink {

    /**
     * Keeps messages, in this order, for each of their groups. When it returns all of them are durable. A group that does
     * not exist any more is passed over. Called by one thread at a time, which may block.
     *
     * @param messages at least one; at most {@link Handover#BATCH_MAXIMUM}
     * @throws UpstreamException when not all are durable: all of them will come again
     */
    void write(List<UpstreamMessage> messages) throws UpstreamException;
}
