package io.thingport.mqtt.transport;

import io.thingport.mqtt.BytePort;
import io.thingport.mqtt.ByteSink;
import io.thingport.mqtt.MqttApplication;
import io.thingport.mqtt.MqttCounters;
import io.thingport.mqtt.MqttLoop;
import io.thingport.mqtt.MqttServer;
import io.thingport.mqtt.MqttServerSettings;
import io.thingport.mqtt.Peer;
import io.thingport.mqtt.TlsCounters;
import io.thingport.mqtt.TlsMaterial;
import io.thingport.mqtt.TlsSettings;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Event loops, listeners and channels. The listeners open when the application has called {@link #open} and a listener
 * source is attached, in either order; they close when either goes. Thread-safe.
 */
public final class MqttTransport implements MqttServer {

    private static final System.Logger LOG = System.getLogger(MqttTransport.class.getName());
    private static final long CLOSE_MILLIS = 3_000;
    private static final long LOOPS_END_MILLIS = 1_500;
    private static final long STALL_MILLIS = 30_000;

    private final Executor loopThreads;
    private final long stallMillis;
    private final NetworkIo io = NetworkIo.best();

    // guarded by this; volatile for those who only look
    private volatile Optional<Running> running = Optional.empty();
    private volatile Optional<Listening> listening = Optional.empty(); // only while running
    private Optional<ListenerSource> source = Optional.empty();
    private Optional<TlsMaterial> material = Optional.empty();

    /** @param loopThreads runs each event loop as one task that ends at {@link #close} or {@link #detach} */
    public MqttTransport(Executor loopThreads) {
        this(loopThreads, STALL_MILLIS);
    }

    /** @param stallMillis how long a sink may take nothing while something waits for it */
    MqttTransport(Executor loopThreads, long stallMillis) {
        this.loopThreads = loopThreads;
        this.stallMillis = stallMillis;
    }

    /** A message-driven bean has become active. Returns at once; the loops obtain their listeners themselves. */
    public synchronized void attach(ListenerSource source) {
        this.source = Optional.of(source);
        listenIfPossible();
    }

    /**
     * The last message-driven bean goes: closes the listeners and every channel, and ends the loops. A server that stops
     * does this first and then waits for whatever still runs on its threads. The loops do not come back before the
     * application closes and opens again.
     */
    public synchronized void detach() {
        source = Optional.empty();
        if (listening.isPresent()) {
            stop();
        }
    }

    /** The application, while it is open. */
    public Optional<MqttApplication> application() {
        return running.map(Running::application);
    }

    @Override
    public synchronized void open(MqttServerSettings settings, MqttApplication application) {
        if (running.isPresent()) {
            throw new IllegalStateException("open already");
        }
        EventLoops loops = new EventLoops(io, settings, application, loopThreads);
        material.ifPresent(loops.tls()::use);
        running = Optional.of(new Running(loops, List.copyOf(loops.states()), application));
        LOG.log(System.Logger.Level.INFO, "MQTT runs on {0} event loops with {1}", settings.loops(), io);
        listenIfPossible();
    }

    @Override
    public synchronized void use(TlsMaterial newMaterial) {
        if (running.isPresent()) {
            running.get().loops.tls().use(newMaterial);
        } else {
            Tls trial = new Tls(TlsSettings.DEFAULTS);
            trial.use(newMaterial);
            trial.close();
        }
        material = Optional.of(newMaterial);
    }

    @Override
    public BytePort connect(Peer peer, ByteSink sink) {
        return listening.orElseThrow(() -> new IllegalStateException("clients cannot connect now"))
                .connect(peer, sink, stallMillis);
    }

    @Override
    public synchronized void close() {
        stop();
        running = Optional.empty();
    }

    @Override
    public Status status() {
        if (running.isEmpty()) {
            return Listening.notListening("the application is not open");
        }
        return listening.map(Listening::status)
                .orElseGet(() -> Listening.notListening("no message-driven bean is active"));
    }

    @Override
    public List<MqttLoop> loops() {
        return running.map(Running::publicLoops).orElse(List.of());
    }

    @Override
    public MqttCounters counters() {
        return running.map(now -> now.loops.counters()).orElse(MqttCounters.ZERO);
    }

    @Override
    public TlsCounters tlsCounters() {
        return running.map(now -> now.loops.tlsCounters()).orElse(TlsCounters.ZERO);
    }

    private void listenIfPossible() {
        if (running.isPresent() && source.isPresent()) {
            Listening next = new Listening(running.get().loops, source.get());
            listening = Optional.of(next);
            next.start();
        }
    }

    private void stop() {
        listening.ifPresent(now -> now.stop(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS)));
        listening = Optional.empty();
        running.ifPresent(now -> now.loops.end(LOOPS_END_MILLIS));
    }

    /** From open to close. */
    private record Running(EventLoops loops, List<MqttLoop> publicLoops, MqttApplication application) {
    }
}
