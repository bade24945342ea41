package io.thingport.upstream.amqp;

import io.thingport.platform.upstream.ConsumerEvent;
import io.thingport.platform.upstream.ConsumerEvents;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.spi.core.protocol.ProtocolManagerFactory;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager;

/**
 * The door of consumers into an engine: give it the {@link #security()}, the {@link #protocols()} and
 * the {@link #ports()}. For any thread.
 */
public final class ConsumerDoor {

    private static final System.Logger LOGGER = System.getLogger(ConsumerDoor.class.getName());

    private final ConsumerLimits limits;
    private final LongSupplier nanos;
    private final ConsumerLog log;
    private final Doors doors;
    private final ConsumerAuthentication authentication;
    private final Semaphore strangers;
    private final Map<Object, Watched> connections = new ConcurrentHashMap<>(); // bounded by the acceptors
    private final AtomicBoolean ticking = new AtomicBoolean();

    /**
     * @param keys     says whose a signature is
     * @param executor runs what asks it
     * @param events   counts what is refused to consumers and what comes back from them
     */
    public ConsumerDoor(KeyCheck keys, Executor executor, ConsumerEvents events) {
        this(keys, executor, events, ConsumerLimits.VENDOR, System::nanoTime);
    }

    ConsumerDoor(KeyCheck keys, Executor executor, ConsumerEvents events, ConsumerLimits limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
        this.log = new ConsumerLog(events, () -> TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong()));
        this.doors = new Doors(limits, nanos);
        this.strangers = new Semaphore(limits.strangers());
        this.authentication = new ConsumerAuthentication(keys, executor, log, limits.times().remember(),
                nanos::getAsLong);
    }

    /** Who may do what. */
    public ActiveMQSecurityManager security() {
        return new ConsumerSecurity(this);
    }

    /** AMQP 1.0 and the protocol of Jakarta Messaging, with the rules for consumers. */
    @SuppressWarnings("rawtypes") // as the engine has it
    public List<ProtocolManagerFactory> protocols() {
        return List.of(new ConsumerProtocolFactory(this), new MessagingProtocolFactory());
    }

    /** What makes its ports. */
    public ConsumerAcceptorFactory ports() {
        return new ConsumerAcceptorFactory(this);
    }

    /** How many consumers are connected. */
    public int consumers() {
        return doors.inside();
    }

    ConsumerLimits limits() {
        return limits;
    }

    LongSupplier nanos() {
        return nanos;
    }

    ConsumerLog log() {
        return log;
    }

    ConsumerAuthentication authentication() {
        return authentication;
    }

    /** Room for connections that have not logged in. */
    Semaphore strangers() {
        return strangers;
    }

    Doors doors() {
        return doors;
    }

    /** Time passes for a connection from now on. */
    void opened(Object connection, Watched watched) {
        connections.put(connection, watched);
    }

    void closed(Object connection) {
        connections.remove(connection);
        doors.leave(connection);
    }

    /** Lets a consumer in, or says why not. */
    Optional<Refusal> admit(ConsumerConnection connection, ConsumerIdentity identity, ActiveMQServer server) {
        if (server.locateQueue(identity.queue()) == null) {
            return Optional.of(new Refusal(ConsumerEvent.UNKNOWN_GROUP, "there is no consumer group " + identity.group()));
        }
        return doors.enter(connection, identity).map(why -> new Refusal(ConsumerEvent.TOO_MANY_CONNECTIONS, why));
    }

    /** Lets time pass for the connections, once for all ports, for as long as the scheduler runs. */
    void tickOn(ScheduledExecutorService scheduler) {
        if (ticking.compareAndSet(false, true)) {
            long period = limits.times().tick().toNanos();
            scheduler.scheduleWithFixedDelay(this::tick, period, period, TimeUnit.NANOSECONDS);
        }
    }

    private void tick() {
        Optional<RuntimeException> failure = Optional.empty();
        for (Watched watched : connections.values()) {
            try {
                watched.tickSoon();
            } catch (RuntimeException e) { // the others go on
                failure = Optional.of(e);
            }
        }
        failure.ifPresent(e -> LOGGER.log(System.Logger.Level.WARNING, "a consumer cannot be watched", e));
    }
}
