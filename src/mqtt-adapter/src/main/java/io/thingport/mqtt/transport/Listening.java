package io.thingport.mqtt.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.FastThreadLocal;
import io.thingport.mqtt.BytePort;
import io.thingport.mqtt.ByteSink;
import io.thingport.mqtt.ListenerSettings;
import io.thingport.mqtt.ListenerSettings.Transport;
import io.thingport.mqtt.MqttListener;
import io.thingport.mqtt.MqttServer.Status;
import io.thingport.mqtt.Peer;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.protocol.ClientChannel;
import io.thingport.mqtt.protocol.EventLoopState;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * One time of listening: as long as the application is open and a message-driven bean is active. Gives each loop a
 * message listener of its own, obtained on the loop's own thread, then opens the TCP listeners. Thread-safe.
 */
final class Listening {

    private static final System.Logger LOG = System.getLogger(Listening.class.getName());

    private final EventLoops loops;
    private final ListenerSource source;
    private final Map<EventLoopState, MqttListener> listeners = new ConcurrentHashMap<>();

    // guarded by this, and unchanged once stopped; the status is volatile for those who only look
    private boolean stopped;
    private final List<Channel> bound = new ArrayList<>();
    private volatile Status status = notListening("the message-driven bean is being obtained");

    Listening(EventLoops loops, ListenerSource source) {
        this.loops = loops;
        this.source = source;
    }

    /** Returns at once. */
    void start() {
        CompletableFuture<?>[] obtained;
        try {
            obtained = loops.states().stream()
                    .map(loop -> CompletableFuture.runAsync(() -> obtainFor(loop), loops.executorOf(loop)))
                    .toArray(CompletableFuture[]::new);
        } catch (RejectedExecutionException e) {
            failed(loops.haveEnded() ? "the event loops have ended; start the application again"
                    : "the event loops cannot be started", e);
            return;
        }
        CompletableFuture.allOf(obtained).whenComplete((done, failure) -> {
            if (failure == null) {
                bind();
            } else {
                failed("the message-driven bean cannot be had", failure.getCause());
            }
        });
    }

    /**
     * Closes the TCP listeners, then every channel, then gives the message listeners back.
     *
     * @param deadline by {@link System#nanoTime}; beyond it nothing is waited for
     */
    void stop(long deadline) {
        boolean mayHaveChannels;
        synchronized (this) {
            stopped = true;
            mayHaveChannels = status.listening() || !bound.isEmpty();
            status = notListening("closed");
        }
        List<ChannelFuture> closing = bound.stream().map(Channel::close).toList();
        closing.forEach(one -> one.awaitUninterruptibly(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
        if (mayHaveChannels) {
            loops.closeChannels(ReasonCode.SERVER_SHUTTING_DOWN, "server shuts down", deadline);
        }
        loops.withdrawListeners(listeners.keySet(), deadline);
        listeners.values().forEach(source::release);
    }

    /**
     * Takes a client whose connection the application carries.
     *
     * @throws IllegalStateException when none can be taken now
     */
    BytePort connect(Peer peer, ByteSink sink, long stallMillis) {
        if (loops.unauthenticated().full()) {
            throw new IllegalStateException("too many clients are connecting");
        }
        try {
            CarriedChannel channel = new CarriedChannel(loops, peer, sink, stallMillis);
            channel.attr(ClientChannel.PEER).set(peer);
            int most = loops.settings().outputMaximum();
            channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(most / 2, most));
            channel.pipeline().addLast(new ChannelInitializer<>() {
                @Override
                protected void initChannel(Channel on) {
                    on.pipeline().addLast(loops.stateOf(on.eventLoop()).newConnection());
                }
            });
            register(channel);
            return channel;
        } finally {
            FastThreadLocal.removeAll(); // the thread is the application's
        }
    }

    /** While no channel can come once closing has begun, which finds all there are. */
    private synchronized void register(CarriedChannel channel) {
        if (!status.listening()) {
            throw new IllegalStateException("clients cannot connect now");
        }
        loops.group().register(channel);
    }

    /** A listener that speaks TLS alone is of no use before there is material; that can come at any time. */
    Status status() {
        Status now = status;
        if (!now.listening() || loops.tls().isReady()) {
            return now;
        }
        return loops.settings().listeners().stream().filter(one -> one.transport() == Transport.TLS).findFirst()
                .map(one -> new Status(false, now.addresses(), Optional.of("the listener " + one.name()
                        + " speaks TLS alone, and there is no certificate to prove the server with")))
                .orElse(now);
    }

    static Status notListening(String why) {
        return new Status(false, List.of(), Optional.of(why));
    }

    private void obtainFor(EventLoopState loop) {
        MqttListener listener;
        try {
            listener = source.obtain();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
        synchronized (this) {
            if (!stopped) {
                listeners.put(loop, listener);
                loop.listener(listener);
                return;
            }
        }
        source.release(listener);
    }

    private synchronized void bind() {
        if (stopped) {
            return;
        }
        List<ListenerSettings> listeners = loops.settings().listeners();
        if (listeners.isEmpty()) {
            status = new Status(true, List.of(), Optional.empty());
        }
        for (ListenerSettings listener : listeners) {
            TcpListener.bind(loops, listener).addListener(future -> bound(listener, (ChannelFuture) future));
        }
    }

    private void bound(ListenerSettings listener, ChannelFuture binding) {
        Channel channel = binding.channel();
        if (!binding.isSuccess()) {
            failed("cannot listen on " + listener.host() + ":" + listener.port(), binding.cause());
            return;
        }
        synchronized (this) {
            if (!stopped) {
                bound.add(channel);
                LOG.log(System.Logger.Level.INFO, "MQTT listens on {0} ({1})", address(channel), listener.name());
                if (bound.size() == loops.settings().listeners().size()) {
                    status = new Status(true, bound.stream().map(Listening::address).sorted().toList(), Optional.empty());
                }
                return;
            }
        }
        channel.close();
    }

    private synchronized void failed(String what, Throwable cause) {
        if (!stopped) {
            status = notListening(what + ": " + cause.getMessage());
            LOG.log(System.Logger.Level.ERROR, "MQTT " + what, cause);
        }
    }

    private static String address(Channel channel) {
        InetSocketAddress address = (InetSocketAddress) channel.localAddress();
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
