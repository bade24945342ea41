package io.thingport.mqtt.transport;

import io.netty.channel.EventLoop;
import io.thingport.mqtt.Origin;
import io.thingport.mqtt.RefusalLog;
import io.thingport.mqtt.TlsCounters;
import io.thingport.mqtt.TlsFailure;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * The TLS handshakes of one event loop: paced, counted, and their failures logged.
 *
 * <p>A handshake holds up the loop for most of a millisecond, the time of a signature. When many clients come at once a
 * few begin, then the loop does what else there is, then the next few begin; who sends many at once makes nobody else
 * wait for all of them. What waits is one entry for a connection
 * whose socket is not read, so bounded by their number.
 *
 * <p>Owned by the loop's thread, but for {@link #counters}, which may come a moment late.
 */
final class Handshakes {

    /** That begin before the loop turns to something else. */
    static final int AT_ONCE = 4;
    private static final long REST_MILLIS = 1;
    private static final System.Logger LOG = System.getLogger(Handshakes.class.getName());

    /** Is told of each that failed. On the loop's thread. */
    @FunctionalInterface
    interface Failures {
        void failed(InetSocketAddress from, TlsFailure why, String detail);
    }

    private final EventLoop loop;
    private final Failures told;
    private final Map<Origin, Queue<Runnable>> waiting = new LinkedHashMap<>(); // of whom nobody waits is not there
    private final RefusalLog<TlsFailure> failures = new RefusalLog<>(LOG, "TLS handshake failed", TlsFailure.class,
            () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    private final long[] failed = new long[TlsFailure.values().length];
    private long succeeded;
    private long resumed;
    private int left = AT_ONCE;
    private boolean resting;

    Handshakes(EventLoop loop, Failures told) {
        this.loop = loop;
        this.told = told;
    }

    /** Begins a handshake now or soon: those of one origin in the order of the calls, origins in turn. */
    void begin(Origin from, Runnable handshake) {
        if (left == 0 || !waiting.isEmpty()) {
            waiting.computeIfAbsent(from, origin -> new ArrayDeque<>()).add(handshake);
            return;
        }
        run(handshake);
    }

    void succeeded(boolean wasResumed) {
        succeeded++;
        if (wasResumed) {
            resumed++;
        }
    }

    /** @param who the client's address */
    void failed(TlsFailure why, InetSocketAddress who, String detail) {
        failed[why.ordinal()]++;
        if (why != TlsFailure.ENDED) { // probes and port scans
            failures.say(why, who, detail);
        }
        told.failed(who, why, detail);
    }

    TlsCounters counters() {
        Map<TlsFailure, Long> all = new EnumMap<>(TlsFailure.class);
        for (TlsFailure failure : TlsFailure.values()) {
            all.put(failure, failed[failure.ordinal()]);
        }
        return new TlsCounters(succeeded, resumed, all);
    }

    private void run(Runnable handshake) {
        left--;
        if (!resting) {
            resting = true;
            loop.schedule(this::rested, REST_MILLIS, TimeUnit.MILLISECONDS);
        }
        handshake.run();
    }

    private void rested() {
        resting = false;
        left = AT_ONCE;
        while (left > 0 && !waiting.isEmpty()) {
            run(next());
        }
    }

    /** Of whose turn it is, who then goes to the end. */
    private Runnable next() {
        Iterator<Map.Entry<Origin, Queue<Runnable>>> turns = waiting.entrySet().iterator();
        Map.Entry<Origin, Queue<Runnable>> turn = turns.next();
        Origin from = turn.getKey();
        Queue<Runnable> its = turn.getValue();
        turns.remove();
        Runnable handshake = its.remove();
        if (!its.isEmpty()) {
            waiting.put(from, its);
        }
        return handshake;
    }
}
