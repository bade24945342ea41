package io.thingport.platform.session;

import io.thingport.platform.upstream.UpstreamMessage;
import io.thingport.platform.upstream.UpstreamQueue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The way to business servers; it makes durable when the test says so. */
final class TestUpstream implements UpstreamQueue {

    private record Burst(List<UpstreamMessage> messages, Runnable whenDurable) {
    }

    /** Nothing becomes durable, what is offered waits. */
    boolean held;
    /** No further message is taken. */
    boolean full;

    final List<UpstreamMessage> written = new ArrayList<>();
    /** The number of messages of each burst. */
    final List<Integer> bursts = new ArrayList<>();
    private final ArrayDeque<Burst> waiting = new ArrayDeque<>();
    private long reserved;

    @Override
    public boolean reserve(int weight, boolean once) {
        reserved += full ? 0 : weight;
        return !full;
    }

    @Override
    public void offer(List<UpstreamMessage> messages, long weight, Runnable whenDurable) {
        reserved -= weight;
        bursts.add(messages.size());
        waiting.add(new Burst(messages, whenDurable));
    }

    /** Makes durable what waits, unless held; false when there was nothing. */
    boolean write() {
        if (held || waiting.isEmpty()) {
            return false;
        }
        while (!waiting.isEmpty()) {
            Burst burst = waiting.remove();
            written.addAll(burst.messages());
            burst.whenDurable().run();
        }
        return true;
    }

    List<String> payloads() {
        return written.stream().map(message -> new String(message.payload(), StandardCharsets.UTF_8)).toList();
    }

    /** What was reserved and not offered. */
    long reserved() {
        return reserved;
    }
}
