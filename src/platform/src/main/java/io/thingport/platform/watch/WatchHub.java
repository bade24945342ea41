package io.thingport.platform.watch;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.upstream.UpstreamMessage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Brings what devices of watched products do to those who watch. From any thread; nothing blocks.
 *
 * <p>A product's last events are kept, {@value WatchedProduct#EVENTS_MAXIMUM} and 1 MiB at most, while it is watched and
 * {@link #KEPT} longer, so that who loses its connection can go on where it was. Nothing is kept over a restart.
 */
public final class WatchHub {

    public static final int WATCHERS_MAXIMUM = 200;
    /** Watchers with the same access key. */
    public static final int KEY_WATCHERS_MAXIMUM = 50;
    public static final int PRODUCTS_MAXIMUM = 64;
    /** How much of what loops offer may wait, in bytes of {@link UpstreamMessage#weight()}. */
    public static final long BYTES_MAXIMUM = 16L * 1024 * 1024;
    /** How long events are kept when nobody watches any more. */
    public static final Duration KEPT = Duration.ofMinutes(5);

    private static final Logger LOG = System.getLogger(WatchHub.class.getName());
    private static final Duration SLACK = Duration.ofSeconds(1); // the clock and the timer need not agree
    private static final int POSITION_BITS = 20; // a million events in a millisecond, before positions run ahead of the clock

    private final WatchSwitch loops;
    private final Executor executor;
    private final BiConsumer<Duration, Runnable> later;
    private final Clock clock;

    private final Map<String, WatchedProduct> products = new ConcurrentHashMap<>(); // changed under this hub's lock
    private final Set<Watcher> watchers = new LinkedHashSet<>(); // under this hub's lock
    private final AtomicLong watching = new AtomicLong(); // their number, those for many left out
    private boolean dropWaits; // under this hub's lock: a task will drop what nobody watches any more

    private final Object queueLock = new Object();
    private List<List<UpstreamMessage>> waiting = new ArrayList<>(); // under its lock; bounded by reserve()
    private boolean draining; // under its lock: somebody will take what waits
    private final AtomicLong bytes = new AtomicLong();

    private final LongAdder events = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final AtomicLong missedBefore = new AtomicLong(); // of products that are not kept any more

    /**
     * @param loops    is told which products are watched
     * @param executor bounded; gives events to watchers, which do not block it
     * @param later    runs a task after a time
     */
    public WatchHub(WatchSwitch loops, Executor executor, BiConsumer<Duration, Runnable> later, Clock clock) {
        this.loops = loops;
        this.executor = executor;
        this.later = later;
        this.clock = clock;
    }

    // ---- those who watch ----

    /**
     * Begins to watch.
     *
     * @param wake runs on other threads when the watcher, which had nothing more, has a next event or has ended; it must not
     *             block
     */
    public synchronized Watcher watch(WatchRequest request, Runnable wake) throws TooManyWatchersException {
        check(watching.get() < WATCHERS_MAXIMUM, WATCHERS_MAXIMUM + " watch already");
        check(watchers.stream().filter(w -> w.request().accessKeyId().equals(request.accessKeyId())).count()
                < KEY_WATCHERS_MAXIMUM, KEY_WATCHERS_MAXIMUM + " watch with this access key already");
        return enter(request, wake);
    }

    /**
     * Begins to watch all of a product for several at a time, whose number is bounded elsewhere: one of these for each loop
     * and product at most.
     *
     * @param wake as of {@link #watch}
     */
    public synchronized Watcher watchForMany(String productKey, Runnable wake) throws TooManyWatchersException {
        return enter(WatchRequest.forMany(productKey), wake);
    }

    private Watcher enter(WatchRequest request, Runnable wake) throws TooManyWatchersException {
        WatchedProduct product = products.get(request.productKey());
        if (product == null) {
            check(products.size() < PRODUCTS_MAXIMUM || dropLongestUnwatched(),
                    PRODUCTS_MAXIMUM + " products are watched already");
            product = new WatchedProduct(clock.millis() << POSITION_BITS);
            products.put(request.productKey(), product);
            loops.watch(request.productKey(), true);
        }
        Watcher watcher = new Watcher(request, wake, this, product);
        product.enter(watcher);
        watchers.add(watcher);
        count();
        return watcher;
    }

    private void check(boolean allowed, String otherwise) throws TooManyWatchersException {
        if (!allowed) {
            refused.increment();
            throw new TooManyWatchersException(otherwise);
        }
    }

    synchronized void remove(Watcher watcher) {
        if (watchers.remove(watcher)) {
            count();
            watcher.product().leave(watcher, clock.instant());
            dropUnwatchedLater();
        }
    }

    private void count() {
        watching.set(watchers.stream().filter(watcher -> !watcher.request().isForMany()).count());
    }

    /** One task waits at a time, however often watchers come and go. */
    private void dropUnwatchedLater() {
        Optional<Instant> first = products.values().stream().map(WatchedProduct::unwatchedSince)
                .filter(since -> since != Instant.MAX).min(Comparator.naturalOrder());
        if (first.isPresent() && !dropWaits) {
            dropWaits = true;
            later.accept(Duration.between(clock.instant(), first.get().plus(KEPT).plus(SLACK)), this::dropUnwatched);
        }
    }

    /** An access key is valid no more: who watches with it stops. */
    public void keyRevoked(String accessKeyId) {
        end(watcher -> watcher.request().accessKeyId().equals(accessKeyId));
    }

    /** A device is gone: who watches it alone stops. */
    public void deviceRemoved(DeviceKey device) {
        end(watcher -> watcher.request().productKey().equals(device.productKey())
                && watcher.request().deviceName().equals(Optional.of(device.deviceName())));
    }

    /** A product is gone: who watches it stops, and its events are dropped. */
    public void productRemoved(String productKey) {
        end(watcher -> watcher.request().productKey().equals(productKey));
        synchronized (this) {
            drop(productKey);
        }
    }

    private void end(Predicate<Watcher> which) {
        List<Watcher> ending;
        synchronized (this) {
            ending = watchers.stream().filter(which).toList();
        }
        ending.forEach(Watcher::end);
    }

    private synchronized void dropUnwatched() {
        dropWaits = false;
        Instant before = clock.instant().minus(KEPT);
        products.entrySet().stream().filter(product -> !product.getValue().unwatchedSince().isAfter(before))
                .map(Map.Entry::getKey).toList().forEach(this::drop);
        dropUnwatchedLater();
    }

    private boolean dropLongestUnwatched() {
        Optional<String> longest = products.entrySet().stream()
                .filter(product -> product.getValue().unwatchedSince() != Instant.MAX)
                .min(Comparator.comparing(product -> product.getValue().unwatchedSince())).map(Map.Entry::getKey);
        longest.ifPresent(this::drop);
        return longest.isPresent();
    }

    private void drop(String productKey) {
        WatchedProduct dropped = products.remove(productKey);
        if (dropped != null) {
            missedBefore.addAndGet(dropped.missed());
            loops.watch(productKey, false);
        }
    }

    // ---- what comes from the loops ----

    /**
     * Takes room for a message that will be offered.
     *
     * @return false when there is none: it must not be offered, and those who watch are told of a gap
     */
    public boolean reserve(UpstreamMessage message) {
        int weight = message.weight();
        if (bytes.addAndGet(weight) <= BYTES_MAXIMUM) {
            return true;
        }
        bytes.addAndGet(-weight);
        WatchedProduct product = products.get(message.device().productKey());
        if (product != null) {
            product.lost();
        }
        return false;
    }

    /** Offers messages for which room was reserved, in the order of their arrival; not copied. */
    public void offer(List<UpstreamMessage> messages) {
        boolean start;
        synchronized (queueLock) {
            waiting.add(messages);
            start = !draining;
            draining = true;
        }
        if (start) {
            try {
                executor.execute(this::drain);
            } catch (RejectedExecutionException e) { // the next offer tries again; what waits is bounded
                synchronized (queueLock) {
                    draining = false;
                }
            }
        }
    }

    private void drain() {
        for (List<List<UpstreamMessage>> taken = take(); !taken.isEmpty(); taken = take()) {
            Set<Watcher> woken = new LinkedHashSet<>();
            for (List<UpstreamMessage> burst : taken) {
                for (UpstreamMessage message : burst) {
                    bytes.addAndGet(-message.weight());
                    events.increment();
                    WatchedProduct product = products.get(message.device().productKey());
                    if (product != null) { // else it has just been dropped
                        product.append(message, woken);
                    }
                }
            }
            products.values().forEach(product -> product.noteLost(woken));
            woken.forEach(WatchHub::wake);
        }
    }

    private List<List<UpstreamMessage>> take() {
        synchronized (queueLock) {
            List<List<UpstreamMessage>> taken = waiting;
            waiting = new ArrayList<>();
            draining = !taken.isEmpty();
            return taken;
        }
    }

    private static void wake(Watcher watcher) {
        try {
            watcher.wake();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "a watcher could not be given its events", e);
            watcher.close();
        }
    }

    /** A moment late. */
    public WatchCounters counters() {
        long missed = missedBefore.get() + products.values().stream().mapToLong(WatchedProduct::missed).sum();
        return new WatchCounters(watching.get(), products.size(), events.sum(), missed, refused.sum());
    }
}
