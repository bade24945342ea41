package io.thingport.mqtt.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.thingport.mqtt.MqttApplication;
import io.thingport.mqtt.MqttCounters;
import io.thingport.mqtt.MqttListener;
import io.thingport.mqtt.MqttLoop;
import io.thingport.mqtt.MqttServer;
import io.thingport.mqtt.MqttServerSettings;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.protocol.EventLoopState;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Event loops, listeners and channels. The listeners open when the application has called {@link #open} and a listener
 * source is attached, in either order; they close when either goes. Thread-safe.
 */
public final class MqttTransport implements MqttServer {

    private static final System.Logger LOG = System.getLogger(MqttTransport.class.getName());
    private static final long CLOSE_MILLIS = 3_000;
    private static final long LOOPS_END_MILLIS = 1_500;

    private final Executor loopThreads;
    private final NetworkIo io = NetworkIo.best();

    // guarded by this; volatile for those who only look
    private volatile Running running;
    private ListenerSource source;

    /** @param loopThreads runs each event loop as one task that ends at {@link #close} or {@link #detach} */
    public MqttTransport(Executor loopThreads) {
        this.loopThreads = loopThreads;
    }

    /** A message-driven bean has become active. Returns at once; the loops obtain their listeners themselves. */
    public synchronized void attach(ListenerSource source) {
        this.source = source;
        if (running != null) {
            running.listen(source);
        }
    }

    /**
     * The last message-driven bean goes: closes the listeners and every channel, and ends the loops. A server that stops
     * does this first and then waits for whatever still runs on its threads. The loops do not come back before the
     * application closes and opens again.
     */
    public synchronized void detach() {
        if (running != null && source != null) {
            running.stopListening();
            running.endLoops();
        }
        source = null;
    }

    /** Ends everything, the loops too, within 5 s. Repeated calls do nothing. */
    public void shutdown() {
        close();
    }

    /** The application, while it is open. */
    public Optional<MqttApplication> application() {
        Running now = running;
        return now == null ? Optional.empty() : Optional.of(now.application);
    }

    @Override
    public synchronized void open(MqttServerSettings settings, MqttApplication application) {
        if (running != null) {
            throw new IllegalStateException("open already");
        }
        running = new Running(settings, application);
        LOG.log(System.Logger.Level.INFO, "MQTT runs on {0} event loops with {1}", settings.loops(), io);
        if (source != null) {
            running.listen(source);
        }
    }

    @Override
    public synchronized void close() {
        if (running == null) {
            return;
        }
        running.stopListening();
        running.endLoops();
        running = null;
    }

    @Override
    public Status status() {
        Running now = running;
        return now == null ? new Status(false, List.of(), Optional.of("the application is not open"))
                : now.status();
    }

    @Override
    public List<MqttLoop> loops() {
        Running now = running;
        return now == null ? List.of() : now.publicLoops;
    }

    @Override
    public MqttCounters counters() {
        Running now = running;
        MqttCounters sum = MqttCounters.ZERO;
        if (now != null) {
            for (EventLoopState loop : now.loops) {
                sum = sum.plus(loop.counters());
            }
        }
        return sum;
    }

    /** From open to close. */
    private final class Running {

        private final MqttServerSettings settings;
        private final MqttApplication application;
        private final EventLoopGroup group;
        private final List<EventLoopState> loops = new ArrayList<>();
        private final List<MqttLoop> publicLoops;
        private final List<EventExecutor> executors = new ArrayList<>();
        private final List<MqttListener> listeners = new CopyOnWriteArrayList<>();
        private final List<Channel> bound = new CopyOnWriteArrayList<>();
        private volatile boolean listening;
        private volatile Optional<String> problem = Optional.empty();
        private ListenerSource listenerSource;

        Running(MqttServerSettings settings, MqttApplication application) {
            this.settings = settings;
            this.application = application;
            group = io.newLoops(settings.loops(), loopThreads);
            for (EventExecutor executor : group) {
                executors.add(executor);
                loops.add(new EventLoopState(loops.size(), (EventLoop) executor, settings, System::nanoTime));
            }
            publicLoops = List.copyOf(loops);
        }

        /** Gives each loop a listener of its own, obtained on its own thread, then binds. */
        void listen(ListenerSource source) {
            listenerSource = source;
            List<CompletableFuture<Void>> ready = new ArrayList<>();
            try {
                for (int i = 0; i < loops.size(); i++) {
                    ready.add(CompletableFuture.runAsync(obtainFor(loops.get(i), source), executors.get(i)));
                }
            } catch (RejectedExecutionException e) {
                failed(group.isShuttingDown() ? "the event loops have ended; start the application again"
                        : "the event loops cannot be started", e);
                return;
            }
            CompletableFuture.allOf(ready.toArray(CompletableFuture[]::new)).whenComplete((done, failure) -> {
                if (failure == null) {
                    bind();
                } else {
                    failed("the message-driven bean cannot be had", failure);
                }
            });
        }

        private Runnable obtainFor(EventLoopState loop, ListenerSource source) {
            return () -> {
                try {
                    MqttListener listener = source.obtain();
                    listeners.add(listener);
                    loop.listener(listener);
                } catch (Exception e) {
                    throw new IllegalStateException(e.getMessage(), e);
                }
            };
        }

        private void bind() {
            if (settings.port() == 0) {
                listening = true;
                return;
            }
            TcpListener.bind(io, group, executors, loops, settings).addListener(future -> {
                Channel channel = ((ChannelFuture) future).channel();
                if (future.isSuccess()) {
                    bound.add(channel);
                    listening = true;
                    LOG.log(System.Logger.Level.INFO, "MQTT listens on {0}", address(channel));
                } else {
                    failed("cannot listen on " + settings.host() + ":" + settings.port(), future.cause());
                }
            });
        }

        private void failed(String what, Throwable cause) {
            problem = Optional.of(what + ": " + cause.getMessage());
            LOG.log(System.Logger.Level.ERROR, "MQTT " + what, cause);
        }

        void stopListening() {
            listening = false;
            for (Channel channel : bound) {
                channel.close().awaitUninterruptibly(CLOSE_MILLIS);
            }
            bound.clear();
            closeChannels();
            for (MqttListener listener : listeners) {
                listenerSource.release(listener);
            }
            listeners.clear();
        }

        /** Until none is left: one that is moving between loops is found at its new one. */
        private void closeChannels() {
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
            boolean left = true;
            while (left && System.nanoTime() < deadline) {
                left = false;
                for (int i = 0; i < loops.size(); i++) {
                    left |= closeChannelsOf(loops.get(i), executors.get(i), deadline - System.nanoTime());
                }
            }
        }

        private boolean closeChannelsOf(EventLoopState loop, EventExecutor executor, long nanos) {
            CompletableFuture<Boolean> left = new CompletableFuture<>();
            try {
                executor.execute(() -> {
                    loop.closeAll(ReasonCode.SERVER_SHUTTING_DOWN, "server shuts down");
                    executor.schedule(() -> left.complete(loop.hasConnections()), 20, TimeUnit.MILLISECONDS);
                });
                return left.get(nanos, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
                return false;
            }
        }

        void endLoops() {
            group.shutdownGracefully(0, LOOPS_END_MILLIS, TimeUnit.MILLISECONDS)
                    .awaitUninterruptibly(LOOPS_END_MILLIS);
        }

        Status status() {
            List<String> addresses = bound.stream().map(MqttTransport::address).toList();
            Optional<String> why = listening || problem.isPresent() ? problem
                    : Optional.of("no message-driven bean is active");
            return new Status(listening, addresses, why);
        }
    }

    private static String address(Channel channel) {
        InetSocketAddress address = (InetSocketAddress) channel.localAddress();
        return address == null ? "closed" : address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
