package io.thingport.platform.upstream;

import java.util.Optional;

/**
 * The message engine, as far as it is there: it comes when it has started, and takes itself back before it stops. From any
 * thread.
 */
public final class Engine {

    private final Handover handover;
    private volatile Optional<ConsumerQueues> queues = Optional.empty(); // comes and goes with the engine

    /** @param handover brings it messages */
    public Engine(Handover handover) {
        this.handover = handover;
    }

    /** The engine takes messages and keeps the queues of consumer groups. */
    public void connect(UpstreamSink sink, ConsumerQueues consumers) {
        queues = Optional.of(consumers);
        handover.connect(sink);
    }

    /** The engine is going: from now on messages wait for the next. */
    public void disconnect() {
        handover.disconnect();
        queues = Optional.empty();
    }

    /** The engine's queues, while it is there. */
    public Optional<ConsumerQueues> queues() {
        return queues;
    }
}
