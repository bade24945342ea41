package io.thingport.platform.session;

import io.thingport.mqtt.MqttLoop;
import io.thingport.mqtt.SendOutcome;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Sends broadcasts to the devices of one loop, some at a time so that the loop has time for others between them and what
 * was written can leave. Owned by the loop's thread.
 */
final class Broadcasts {

    /** Devices that are sent a broadcast at a time, if it is short. */
    static final int SLICE = 256;
    /** Broadcasts under way at a time. */
    static final int UNDER_WAY_MAXIMUM = 100;

    private static final int SLICE_BYTES = 4 * 1024 * 1024;
    private static final int OVERHEAD_BYTES = 128;

    private final BroadcastTable table;
    private final Outbound outbound;
    private final LoopCounters counters;
    private final Supplier<MqttLoop> loop;
    private final Queue<FanOut> underWay = new ArrayDeque<>();

    private static final class FanOut {
        private final Broadcast broadcast;
        private final List<Session> to;
        private final CompletableFuture<Integer> result;
        private int next;
        private int sent;

        FanOut(Broadcast broadcast, List<Session> to, CompletableFuture<Integer> result) {
            this.broadcast = broadcast;
            this.to = to;
            this.result = result;
        }

        boolean isDone() {
            return next == to.size();
        }
    }

    Broadcasts(BroadcastTable table, Outbound outbound, LoopCounters counters, Supplier<MqttLoop> loop) {
        this.table = table;
        this.outbound = outbound;
        this.counters = counters;
        this.loop = loop;
    }

    /**
     * Sends a broadcast to those it concerns.
     *
     * @param result completes on the loop with their number; with 0 when too many broadcasts are under way, which counts
     */
    void send(Broadcast broadcast, CompletableFuture<Integer> result) {
        if (underWay.size() >= UNDER_WAY_MAXIMUM) {
            counters.drops.add(DropReason.SERVER_BUSY);
            result.complete(0);
            return;
        }
        List<Session> to = broadcast.topic().map(topic -> table.subscribers(broadcast.productKey(), topic))
                .orElseGet(() -> table.devices(broadcast.productKey()));
        underWay.add(new FanOut(broadcast, to, result));
        if (underWay.size() == 1) {
            sendSlice();
        }
    }

    private void sendSlice() {
        FanOut first = underWay.element();
        try {
            sendSlice(first);
        } finally {
            underWay.remove();
            if (first.isDone()) {
                first.result.complete(first.sent);
            } else {
                underWay.add(first); // behind the others
            }
            if (!underWay.isEmpty()) {
                loop.get().soon(this::sendSlice);
            }
        }
    }

    private void sendSlice(FanOut fanOut) {
        int size = Math.min(SLICE, SLICE_BYTES / (fanOut.broadcast.payload().length() + OVERHEAD_BYTES));
        for (int i = 0; i < size && !fanOut.isDone(); i++) {
            Session session = fanOut.to.get(fanOut.next++);
            if (wants(session, fanOut.broadcast)
                    && outbound.send(session, fanOut.broadcast.message(session.device()), fanOut.broadcast.id()) == SendOutcome.SENT) {
                fanOut.sent++;
            }
        }
    }

    /** It may have left or unsubscribed since the broadcast began. */
    private static boolean wants(Session session, Broadcast broadcast) {
        return session.isConnected() && (broadcast.topic().isEmpty() || session.subscriptions().match(broadcast.topic().get()));
    }
}
