package io.thingport.mqtt.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.netty.util.internal.PlatformDependent;
import io.thingport.mqtt.MqttCounters;
import io.thingport.mqtt.MqttHandler;
import io.thingport.mqtt.MqttListener;
import io.thingport.mqtt.MqttLoop;
import io.thingport.mqtt.MqttServerSettings;
import io.thingport.mqtt.MqttTurn;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.RefusalLog;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What the connections of one event loop share: the events of the present turn, the channels with output to flush, the
 * timing wheel, the queue of tasks from other threads, the counters.
 *
 * <p>A turn: Netty reads every ready socket, each read becomes an event here, the first event schedules {@link #turn};
 * it runs after the reads, hands all events over in one listener call and flushes every channel that got output, once.
 *
 * <p>An exception or error of one connection, task or bean ends that one's work and never the loop's, which has others.
 *
 * <p>Owned by the loop's thread, but for {@link #post}, {@link #index}, {@link #inLoop} and {@link #counters}.
 */
public final class EventLoopState implements MqttLoop, MqttTurn {

    /** Tasks from other threads that may wait. */
    static final int POSTED_MAXIMUM = 65_536;

    private static final System.Logger LOG = System.getLogger(EventLoopState.class.getName());
    private static final Object CLOSED = new Object();
    private static final Object RESUMED = new Object();
    private static final Object WRITABLE = new Object();

    /** Is told of connections that are closed before CONNECT, as what came breaks the protocol. On the loop's thread. */
    @FunctionalInterface
    public interface MalformedConnects {
        void malformed(InetSocketAddress from, ReasonCode reason, String why);
    }

    final LoopCounters counters = new LoopCounters();
    final InboundPublish publish = new InboundPublish();
    final Unauthenticated unauthenticated;
    final RefusalLog<ReasonCode> closings;
    private final MalformedConnects malformed;
    private final int index;
    private final EventLoop eventLoop;
    private final MqttServerSettings settings;
    private final DeadlineWheel wheel;
    private final List<ClientChannel> connections = new ArrayList<>();
    private final AtomicInteger departing = new AtomicInteger(); // decremented by the loops they arrive at
    private final Runnable turn = this::turn;

    private final Queue<Runnable> posted = PlatformDependent.newMpscQueue(POSTED_MAXIMUM);
    private final AtomicBoolean postedScheduled = new AtomicBoolean();
    private final AtomicLong rejected = new AtomicLong();
    private final Runnable runPosted = this::runPosted;

    private ClientChannel[] eventOwners = new ClientChannel[64];
    private Object[] events = new Object[64];
    private int eventCount;
    private boolean turnScheduled;
    private ClientChannel[] dirty = new ClientChannel[64];
    private int dirtyCount;
    private MqttListener listener; // null while no bean is active
    private ScheduledFuture<?> ticks;

    /**
     * @param unauthenticated shared by all loops of a server
     * @param nanoTime        the clock, as {@link System#nanoTime}
     */
    public EventLoopState(int index, EventLoop eventLoop, MqttServerSettings settings,
            Unauthenticated unauthenticated, MalformedConnects malformed, LongSupplier nanoTime) {
        this.index = index;
        this.eventLoop = eventLoop;
        this.settings = settings;
        this.unauthenticated = unauthenticated;
        this.malformed = malformed;
        wheel = new DeadlineWheel(nanoTime);
        closings = new RefusalLog<>(LOG, "Connection closed", ReasonCode.class,
                () -> TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong()));
    }

    /** The handler for a connection that was accepted on this loop. */
    public ClientChannel newConnection() {
        return new ClientChannel(this);
    }

    /** Sets who takes the turns; starts the clock with the first one. */
    public void listener(MqttListener listener) {
        this.listener = listener;
        if (ticks == null) {
            ticks = eventLoop.scheduleAtFixedRate(this::tick, wheel.nanosToNextTick(),
                    TimeUnit.MILLISECONDS.toNanos(DeadlineWheel.TICK_MILLIS), TimeUnit.NANOSECONDS);
        }
    }

    /** Nobody takes the turns any more, until the next listener. */
    public void withdrawListener() {
        listener = null;
    }

    /** A connection from a proxy did not begin with what one says. */
    public void proxyHeaderRefused(InetSocketAddress who, String why) {
        counters.proxyHeadersRefused++;
        malformed(ReasonCode.PROTOCOL_ERROR, who, "PROXY header: " + why);
    }

    /** What a connection began with breaks the protocol. */
    void malformed(ReasonCode reason, InetSocketAddress who, String why) {
        closings.say(reason, who, why);
        malformed.malformed(who, reason, why);
    }

    /** A listener accepts no more for a while. */
    public void acceptRests() {
        counters.acceptRests++;
    }

    /** A connection ends because its client takes nothing. */
    public void stalled(InetSocketAddress who, String why) {
        counters.stalled++;
        closings.say(ReasonCode.QUOTA_EXCEEDED, who, why);
    }

    /** Tells every connection the reason and closes it. */
    public void closeAll(ReasonCode reason, String why) {
        for (ClientChannel connection : List.copyOf(connections)) {
            connection.close(reason, why);
        }
        flush();
    }

    /** Summed up by the reader of all loops; from any thread. */
    public MqttCounters counters() {
        return counters.read(rejected.get());
    }

    /** Whether a connection is left, or on its way to another loop. */
    public boolean hasConnections() {
        return !connections.isEmpty() || departing.get() > 0;
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public boolean inLoop() {
        return eventLoop.inEventLoop();
    }

    @Override
    public boolean post(Runnable task) {
        if (!posted.offer(task)) {
            rejected.incrementAndGet();
            return false;
        }
        if (postedScheduled.compareAndSet(false, true)) {
            try {
                eventLoop.execute(runPosted);
            } catch (RejectedExecutionException ended) {
                return false;
            }
        }
        return !eventLoop.isShutdown();
    }

    @Override
    public Timer schedule(long delay, TimeUnit unit, Runnable task) {
        return wheel.schedule(unit.toMillis(delay), task);
    }

    @Override
    public void soon(Runnable task) {
        eventLoop.schedule(() -> run(task), SOON_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public MqttLoop loop() {
        return this;
    }

    @Override
    public void drain(MqttHandler handler) {
        for (int i = 0; i < eventCount; i++) { // grows while it runs
            ClientChannel owner = eventOwners[i];
            Object event = events[i];
            eventOwners[i] = null;
            events[i] = null;
            owner.eventTaken();
            try {
                if (event instanceof ByteBuf bytes) {
                    owner.received(bytes, handler);
                } else if (event == CLOSED) {
                    owner.handOverClosed(handler);
                } else if (event == RESUMED) {
                    owner.resumed(handler);
                } else {
                    owner.handOverWritable(handler);
                }
            } catch (RuntimeException | Error e) {
                owner.failed(e);
            }
        }
        eventCount = 0;
    }

    MqttServerSettings settings() {
        return settings;
    }

    EventLoop eventLoop() {
        return eventLoop;
    }

    long tickCount() {
        return wheel.tick();
    }

    void addReceived(ClientChannel owner, ByteBuf bytes) {
        add(owner, bytes);
    }

    void addClosed(ClientChannel owner) {
        add(owner, CLOSED);
    }

    void addResumed(ClientChannel owner) {
        add(owner, RESUMED);
    }

    void addWritable(ClientChannel owner) {
        add(owner, WRITABLE);
    }

    void addDirty(ClientChannel connection) {
        if (dirtyCount == dirty.length) {
            dirty = Arrays.copyOf(dirty, dirtyCount * 2);
        }
        dirty[dirtyCount++] = connection;
        scheduleTurn();
    }

    void register(ClientChannel connection) {
        connection.place(connections.size());
        connections.add(connection);
        counters.connections++;
    }

    void unregister(ClientChannel connection, int place) {
        ClientChannel last = connections.remove(connections.size() - 1);
        if (last != connection) {
            connections.set(place, last);
            last.place(place);
        }
        counters.connections--;
    }

    /** Unregisters a connection that goes to another loop; that one calls {@link #departed} when it has come. */
    void depart(ClientChannel connection, int place) {
        departing.incrementAndGet();
        unregister(connection, place);
    }

    /** From any thread. */
    void departed() {
        departing.decrementAndGet();
    }

    private void add(ClientChannel owner, Object event) {
        if (eventCount == events.length) {
            events = Arrays.copyOf(events, eventCount * 2);
            eventOwners = Arrays.copyOf(eventOwners, eventCount * 2);
        }
        owner.eventAdded();
        eventOwners[eventCount] = owner;
        events[eventCount++] = event;
        scheduleTurn();
    }

    private void scheduleTurn() {
        if (!turnScheduled) {
            turnScheduled = true;
            eventLoop.execute(turn);
        }
    }

    private void turn() {
        try {
            if (eventCount > 0) {
                handOver();
            }
        } finally {
            turnScheduled = false;
            flush();
        }
    }

    private void handOver() {
        if (listener != null) {
            try {
                listener.onTurn(this);
            } catch (RuntimeException | Error e) {
                LOG.log(System.Logger.Level.ERROR, "The message-driven bean failed; its connections are closed", e);
            }
        }
        if (eventCount > 0) {
            dropUntakenEvents();
        }
    }

    /**
     * What nobody took is lost: the connections it belonged to are closed, so that none goes on with a gap. That one has
     * closed is not lost; it is handed over again with the next tick.
     */
    private void dropUntakenEvents() {
        int kept = 0;
        for (int i = 0; i < eventCount; i++) {
            ClientChannel owner = eventOwners[i];
            Object event = events[i];
            eventOwners[i] = null;
            events[i] = null;
            if (event == CLOSED && !owner.isMoving()) {
                eventOwners[kept] = owner;
                events[kept++] = CLOSED;
            } else if (owner != null) {
                ReferenceCountUtil.release(event);
                owner.eventTaken();
                owner.close(ReasonCode.UNSPECIFIED_ERROR, "nobody took its packets");
            }
        }
        eventCount = kept;
    }

    private void flush() {
        for (int i = 0; i < dirtyCount; i++) { // may grow while it runs
            ClientChannel connection = dirty[i];
            dirty[i] = null;
            try {
                connection.flush();
            } catch (RuntimeException | Error e) {
                connection.failed(e);
            }
        }
        dirtyCount = 0;
    }

    private void runPosted() {
        postedScheduled.set(false);
        for (int i = 0; i < POSTED_MAXIMUM; i++) {
            Runnable task = posted.poll();
            if (task == null) {
                break;
            }
            run(task);
        }
        if (!posted.isEmpty() && postedScheduled.compareAndSet(false, true)) {
            eventLoop.execute(runPosted);
        }
    }

    private void tick() {
        for (Runnable task : wheel.advance()) {
            run(task);
        }
        if (eventCount > 0) {
            scheduleTurn();
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "A task on an event loop failed", e);
        }
    }
}
