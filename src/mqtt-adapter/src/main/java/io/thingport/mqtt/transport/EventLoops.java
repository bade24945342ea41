package io.thingport.mqtt.transport;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.thingport.mqtt.MqttApplication;
import io.thingport.mqtt.MqttCounters;
import io.thingport.mqtt.MqttServerSettings;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.TlsCounters;
import io.thingport.mqtt.protocol.EventLoopState;
import io.thingport.mqtt.protocol.Unauthenticated;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The event loops from their start to their end, each with its state. Thread-safe. */
final class EventLoops {

    /** Between telling the channels and looking whether they have gone. */
    private static final long LOOK_MILLIS = 10;

    private final NetworkIo io;
    private final MqttServerSettings settings;
    private final MqttApplication application;
    private final Unauthenticated unauthenticated;
    private final EventLoopGroup group;
    private final List<EventLoop> executors = new ArrayList<>();
    private final List<EventLoopState> states = new ArrayList<>();
    private final List<Handshakes> handshakes = new ArrayList<>();
    private final Tls tls;

    /** @param threads runs each loop as one task */
    EventLoops(NetworkIo io, MqttServerSettings settings, MqttApplication application, Executor threads) {
        this.io = io;
        this.settings = settings;
        this.application = application;
        group = io.newLoops(settings.loops(), threads);
        tls = new Tls(settings.tls());
        unauthenticated = new Unauthenticated(settings.unauthenticatedMaximum(),
                settings.unauthenticatedConnections());
        for (EventExecutor executor : group) {
            executors.add((EventLoop) executor);
            handshakes.add(new Handshakes((EventLoop) executor, application::handshakeFailed));
            states.add(new EventLoopState(states.size(), (EventLoop) executor, settings, unauthenticated,
                    application::malformed, System::nanoTime));
        }
    }

    NetworkIo io() {
        return io;
    }

    MqttServerSettings settings() {
        return settings;
    }

    MqttApplication application() {
        return application;
    }

    /** What connections hold before CONNACK. */
    Unauthenticated unauthenticated() {
        return unauthenticated;
    }

    EventLoopGroup group() {
        return group;
    }

    /** In the order of their index. */
    List<EventLoopState> states() {
        return states;
    }

    EventLoopState stateOf(EventLoop executor) {
        return states.get(executors.indexOf(executor));
    }

    Tls tls() {
        return tls;
    }

    Handshakes handshakesOf(EventLoop executor) {
        return handshakes.get(executors.indexOf(executor));
    }

    EventLoop executorOf(EventLoopState state) {
        return executors.get(state.index());
    }

    MqttCounters counters() {
        MqttCounters sum = MqttCounters.ZERO;
        for (EventLoopState state : states) {
            sum = sum.plus(state.counters());
        }
        return sum;
    }

    TlsCounters tlsCounters() {
        TlsCounters sum = TlsCounters.ZERO;
        for (Handshakes one : handshakes) {
            sum = sum.plus(one.counters());
        }
        return sum;
    }

    /**
     * Closes every channel, and waits until none is left or the deadline has come. No new one may come meanwhile.
     *
     * @param deadline by {@link System#nanoTime}
     */
    void closeChannels(ReasonCode reason, String why, long deadline) {
        int roundsWithoutAny = 0;
        // twice: between the looks at two loops a channel may have moved from the later to the earlier
        while (roundsWithoutAny < 2 && System.nanoTime() - deadline < 0) {
            List<CompletableFuture<Boolean>> left = states.stream().map(s -> closeChannelsOf(s, reason, why)).toList();
            boolean any = false;
            for (CompletableFuture<Boolean> one : left) {
                any |= await(one, deadline);
            }
            roundsWithoutAny = any ? 0 : roundsWithoutAny + 1;
        }
    }

    /** Completes with whether a channel is left. */
    private CompletableFuture<Boolean> closeChannelsOf(EventLoopState state, ReasonCode reason, String why) {
        CompletableFuture<Boolean> left = new CompletableFuture<>();
        EventLoop executor = executorOf(state);
        try {
            executor.execute(() -> {
                state.closeAll(reason, why);
                executor.schedule(() -> left.complete(state.hasConnections()), LOOK_MILLIS, TimeUnit.MILLISECONDS);
            });
        } catch (RejectedExecutionException ended) {
            left.complete(false);
        }
        return left;
    }

    /**
     * Takes the listener from these loops, and waits until none of them is in a turn of it, or the deadline has come.
     *
     * @param deadline by {@link System#nanoTime}
     */
    void withdrawListeners(Collection<EventLoopState> from, long deadline) {
        List<CompletableFuture<Boolean>> withdrawn = new ArrayList<>();
        for (EventLoopState state : from) {
            CompletableFuture<Boolean> one = new CompletableFuture<>();
            withdrawn.add(one);
            try {
                executorOf(state).execute(() -> {
                    state.withdrawListener();
                    one.complete(true);
                });
            } catch (RejectedExecutionException ended) {
                one.complete(true);
            }
        }
        withdrawn.forEach(one -> await(one, deadline));
    }

    boolean haveEnded() {
        return group.isShuttingDown();
    }

    /** Ends the loops' tasks; waits for at most this time. */
    void end(long millis) {
        tls.close();
        group.shutdownGracefully(0, millis, TimeUnit.MILLISECONDS).awaitUninterruptibly(millis);
    }

    /** The outcome; false when it does not come in time. */
    private static boolean await(CompletableFuture<Boolean> outcome, long deadline) {
        try {
            return outcome.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }
}
