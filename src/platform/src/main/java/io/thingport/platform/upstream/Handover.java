package io.thingport.platform.upstream;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Brings messages from the loops to the engine: all that waits in one batch, and while one batch is made durable the next
 * gathers. As long as the engine takes nothing, the same batch is tried again. What waits is bounded in bytes.
 */
public final class Handover implements UpstreamQueue {

    /** The most messages in one batch. */
    public static final int BATCH_MAXIMUM = 10_000;

    /** How much may wait, in bytes of {@link UpstreamMessage#weight()}; messages at QoS 0 take half of it at most. */
    public static final long BYTES_MAXIMUM = 64L * 1024 * 1024;

    private static final Logger LOG = System.getLogger(Handover.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration STOP_TIME = Duration.ofSeconds(5);

    private final ThreadFactory threads;
    private final AtomicLong bytes = new AtomicLong();
    private final LongAdder handedOver = new LongAdder();
    private final LongAdder repeated = new LongAdder();

    private final Object lock = new Object();
    private List<Burst> waiting = new ArrayList<>(); // under the lock; bounded by reserve()

    private volatile Optional<UpstreamSink> sink = Optional.empty();
    private volatile boolean failing;
    private volatile boolean stopping;
    private volatile long stopBy; // nanoTime; valid once stopping is true
    private volatile Optional<Thread> thread = Optional.empty();

    /**
     * What one loop has gathered.
     *
     * @param messages    in the order of their arrival; not copied
     * @param bytes       what was reserved for them
     * @param whenDurable runs once on the handover's thread when all are durable
     */
    private record Burst(List<UpstreamMessage> messages, long bytes, Runnable whenDurable) {
    }

    /** @param threads gives the thread that hands over */
    public Handover(ThreadFactory threads) {
        this.threads = threads;
    }

    /** Begins. Once. */
    public void start() {
        Thread started = threads.newThread(this::run);
        started.setName("thingport-upstream");
        thread = Optional.of(started);
        started.start();
    }

    /** The engine is there. From any thread. */
    public void connect(UpstreamSink engine) {
        sink = Optional.of(engine);
        thread.ifPresent(LockSupport::unpark);
    }

    /** The engine is going; what is offered from now on waits for the next. From any thread. */
    public void disconnect() {
        sink = Optional.empty();
    }

    /**
     * Hands over what waits, if the engine is there and that can be done in {@link #STOP_TIME}, and ends. Blocks that long at
     * most, and a second.
     */
    public void stop() {
        stopBy = System.nanoTime() + STOP_TIME.toNanos();
        stopping = true;
        thread.ifPresent(running -> {
            LockSupport.unpark(running);
            try {
                running.join(STOP_TIME.plusSeconds(1).toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public boolean reserve(int weight, boolean once) {
        if (bytes.addAndGet(weight) > (once ? BYTES_MAXIMUM : BYTES_MAXIMUM / 2)) {
            bytes.addAndGet(-weight);
            return false;
        }
        return true;
    }

    @Override
    public void offer(List<UpstreamMessage> messages, long weight, Runnable whenDurable) {
        boolean first;
        synchronized (lock) {
            first = waiting.isEmpty();
            waiting.add(new Burst(messages, weight, whenDurable));
        }
        if (first) {
            thread.ifPresent(LockSupport::unpark);
        }
    }

    /** From any thread. */
    public Status status() {
        return new Status(sink.isPresent() && !failing, bytes.get(), handedOver.sum(), repeated.sum());
    }

    /**
     * How the handover is doing.
     *
     * @param ready      whether the engine takes messages
     * @param bytes      that wait
     * @param handedOver messages made durable since the start
     * @param repeated   messages of batches that had to be tried again since the start
     */
    public record Status(boolean ready, long bytes, long handedOver, long repeated) {
    }

    private void run() {
        try {
            while (!(stopping && (isEmpty() || sink.isEmpty())) && !timeIsUp()) {
                List<Burst> batch = take();
                if (batch.isEmpty()) {
                    LockSupport.park(this);
                } else {
                    handOver(batch);
                }
            }
        } catch (RuntimeException | Error e) {
            failing = true;
            LOG.log(Level.ERROR, "the handover to the message engine has failed; it goes on when the server starts anew", e);
            throw e;
        } finally {
            if (!isEmpty()) {
                LOG.log(Level.WARNING, "the server stops, and not all messages could be handed over to the message engine");
            }
        }
    }

    private boolean isEmpty() {
        synchronized (lock) {
            return waiting.isEmpty();
        }
    }

    private boolean timeIsUp() {
        return stopping && System.nanoTime() - stopBy >= 0;
    }

    /** Whole bursts, as many as fit; a burst is never larger than a batch. */
    private List<Burst> take() {
        synchronized (lock) {
            int messages = 0;
            int count = 0;
            while (count < waiting.size()
                    && (messages += waiting.get(count).messages().size()) <= BATCH_MAXIMUM) {
                count++;
            }
            List<Burst> batch;
            if (count == waiting.size()) {
                batch = waiting;
                waiting = new ArrayList<>();
            } else {
                batch = new ArrayList<>(waiting.subList(0, count));
                waiting.subList(0, count).clear();
            }
            return batch;
        }
    }

    private void handOver(List<Burst> batch) {
        List<UpstreamMessage> messages = new ArrayList<>();
        batch.forEach(burst -> messages.addAll(burst.messages()));
        Duration pause = FIRST_PAUSE;
        while (!write(messages)) {
            if (timeIsUp() || stopping && sink.isEmpty()) {
                LOG.log(Level.WARNING, "the server stops, and {0} messages could not be handed over to the message engine",
                        messages.size());
                return;
            }
            LockSupport.parkNanos(this, pause.toNanos());
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
        handedOver.add(messages.size());
        for (Burst burst : batch) {
            bytes.addAndGet(-burst.bytes());
            burst.whenDurable().run();
        }
    }

    private boolean write(List<UpstreamMessage> messages) {
        Optional<UpstreamSink> engine = sink;
        if (engine.isEmpty()) {
            return false;
        }
        try {
            engine.get().write(messages);
            if (failing) {
                failing = false;
                LOG.log(Level.INFO, "the message engine takes messages again");
            }
            return true;
        } catch (UpstreamException | RuntimeException e) {
            repeated.add(messages.size());
            if (!failing) {
                failing = true;
                LOG.log(Level.WARNING, "the message engine takes no messages; they wait", e);
            }
            return false;
        }
    }
}
