package io.thingport.platform.upstream;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The message engine, as far as it is there: it comes when it has started, and takes itself back before it stops. Messages
 * are handed over to it only while its queues are those of the present consumer groups, so that none passes by a queue that
 * is not made yet. From any thread; never blocks.
 */
public final class Engine {

    private static final Logger LOG = System.getLogger(Engine.class.getName());
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Handover handover;
    private final Supplier<Set<String>> groups;
    private final ScheduledExecutorService scheduler;
    private final Duration retry;

    // each under the lock
    private Optional<Connected> connected = Optional.empty();
    private boolean open;
    private boolean changed;
    private boolean keeping; // a task is under way that makes the queues
    private boolean failing;

    private record Connected(UpstreamSink sink, ConsumerQueues queues) {
    }

    /**
     * @param handover  brings messages
     * @param groups    reads the ids of the consumer groups; may block and fail
     * @param scheduler runs what blocks
     */
    public Engine(Handover handover, Supplier<Set<String>> groups, ScheduledExecutorService scheduler) {
        this(handover, groups, scheduler, RETRY);
    }

    /** @param retry after which time the queues are made again that could not be made */
    Engine(Handover handover, Supplier<Set<String>> groups, ScheduledExecutorService scheduler, Duration retry) {
        this.handover = handover;
        this.groups = groups;
        this.scheduler = scheduler;
        this.retry = retry;
    }

    /** The engine takes messages and keeps the queues of consumer groups. */
    public synchronized void connect(UpstreamSink sink, ConsumerQueues queues) {
        connected = Optional.of(new Connected(sink, queues));
        groupsChanged();
    }

    /** The engine is going: from now on messages wait for the next. */
    public synchronized void disconnect() {
        handover.disconnect();
        connected = Optional.empty();
    }

    /** From now on the consumer groups can be read. */
    public synchronized void open() {
        open = true;
        groupsChanged();
    }

    /** From now on they cannot; what goes on goes on. */
    public synchronized void close() {
        open = false;
    }

    /** The engine's queues, while it is there. */
    public synchronized Optional<ConsumerQueues> queues() {
        return connected.map(Connected::queues);
    }

    /** There is another consumer group, or one less: messages wait until the engine's queues are right. */
    public synchronized void groupsChanged() {
        if (open && connected.isPresent()) {
            handover.disconnect();
            changed = true;
            if (!keeping) {
                keeping = true;
                scheduler.execute(this::keepQueues);
            }
        }
    }

    private void keepQueues() {
        for (Optional<Connected> engine = next(); engine.isPresent(); engine = next()) {
            try {
                engine.get().queues().keep(groups.get());
            } catch (UpstreamException | RuntimeException e) {
                failed(e);
                return;
            }
            kept(engine.get());
        }
    }

    /** The engine whose queues have to be made; empty when there is nothing to do any more. */
    private synchronized Optional<Connected> next() {
        keeping = changed && open && connected.isPresent();
        changed = false;
        return keeping ? connected : Optional.empty();
    }

    private synchronized void kept(Connected engine) {
        if (failing) {
            failing = false;
            LOG.log(Level.INFO, "the message engine has the queues of the consumer groups");
        }
        if (!changed && connected.filter(present -> present == engine).isPresent()) {
            handover.connect(engine.sink());
        }
    }

    private synchronized void failed(Exception why) {
        if (!failing) {
            failing = true;
            LOG.log(Level.WARNING, "the queues of the consumer groups cannot be made; messages wait", why);
        }
        changed = true;
        if (open) {
            scheduler.schedule(this::keepQueues, retry.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
