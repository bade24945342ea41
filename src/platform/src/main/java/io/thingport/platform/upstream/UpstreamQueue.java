package io.thingport.platform.upstream;

import java.util.List;

/** Takes messages from the loops for the engine. From any thread; nothing blocks. */
public interface UpstreamQueue {

    /**
     * Takes room for a message that will be offered.
     *
     * @param weight {@link UpstreamMessage#weight()}
     * @param once   whether its sender waits for an acknowledgement
     * @return false when there is none: it must not be offered
     */
    boolean reserve(int weight, boolean once);

    /**
     * Takes messages for which room was reserved.
     *
     * @param messages    in the order of their arrival; not copied; at most {@link Handover#BATCH_MAXIMUM}
     * @param weight      the sum of what was reserved for them
     * @param whenDurable runs once, on another thread, when all are durable
     */
    void offer(List<UpstreamMessage> messages, long weight, Runnable whenDurable);
}
