package io.thingport.platform.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.limits.DeviceRates;
import io.thingport.platform.registry.DeviceSource.StoredAccess;
import io.thingport.platform.registry.DeviceSource.StoredDevice;
import io.thingport.platform.registry.DirectoryAnswer.Found;
import io.thingport.platform.registry.DirectoryAnswer.Unavailable;
import io.thingport.platform.registry.DirectoryAnswer.Unknown;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * What CONNECTs are judged by, kept in memory. From any thread, never blocks.
 *
 * <p>A change of a device raises the generation of its stripe (a few devices share one); knowledge of an older generation
 * is no longer used, and a look-up during which it rose is made again. So nothing read before a commit is believed after
 * it, without a lock. Unknown devices are not remembered: whoever makes names up must not push known devices out.
 */
public final class DeviceDirectory {

    private static final Logger LOG = System.getLogger(DeviceDirectory.class.getName());
    private static final int STRIPES = 4096;
    private static final Unknown UNKNOWN = new Unknown();
    private static final Unavailable UNAVAILABLE = new Unavailable();

    private final DeviceSource source;
    private final Executor executor;
    private final DeviceRates rates;
    private final Cache<DeviceKey, Found> known;
    private final Cache<Fingerprint, DeviceKey> owners; // whose a certificate was; the device's credentials say whether it is
    private final Map<String, ProductAccess> products = new ConcurrentHashMap<>(); // bounded by the number of products
    private final Set<String> watched = ConcurrentHashMap.newKeySet(); // product keys; bounded by who watches
    private final Map<DeviceKey, List<Consumer<DirectoryAnswer>>> lookups = new ConcurrentHashMap<>(); // by the executor
    private final AtomicLongArray generations = new AtomicLongArray(STRIPES);
    private final AtomicBoolean failing = new AtomicBoolean();
    private final LongAdder unavailable = new LongAdder();

    /**
     * @param executor     bounded; runs the look-ups, which block
     * @param cacheMaximum devices to remember
     * @param rates        of each device, unless its product says otherwise
     */
    public DeviceDirectory(DeviceSource source, Executor executor, int cacheMaximum, DeviceRates rates) {
        this.source = source;
        this.executor = executor;
        this.rates = rates;
        this.owners = Caffeine.newBuilder().maximumSize(cacheMaximum).executor(Runnable::run).build();
        this.known = Caffeine.newBuilder().maximumSize(cacheMaximum).executor(Runnable::run).build();
    }

    /**
     * Looks a device up. A known one is answered at once, in the calling thread. Else the answer comes on a thread of the
     * executor, one look-up for all who ask at the same time; who needs it on its loop posts it there.
     */
    public void find(DeviceKey key, Consumer<DirectoryAnswer> then) {
        Found found = known.getIfPresent(key);
        if (found != null && isCurrent(found.credentials())) {
            then.accept(found);
            return;
        }
        boolean[] first = new boolean[1];
        lookups.compute(key, (k, waiting) -> {
            first[0] = waiting == null;
            List<Consumer<DirectoryAnswer>> all = first[0] ? new ArrayList<>(1) : waiting;
            all.add(then);
            return all;
        });
        if (first[0]) {
            try {
                executor.execute(() -> lookUp(key));
            } catch (RejectedExecutionException e) {
                answer(key, UNAVAILABLE);
            }
        }
    }

    /**
     * Looks the device up for which a certificate stands, in the same way; {@link Unknown} when it stands for none, which
     * is not remembered either.
     */
    public void find(Fingerprint certificate, Consumer<DirectoryAnswer> then) {
        DeviceKey owner = owners.getIfPresent(certificate);
        if (owner == null) {
            lookUpOwner(certificate, then);
            return;
        }
        find(owner, answer -> {
            if (answer instanceof Unavailable || isOf(certificate, answer)) {
                then.accept(answer);
            } else {
                owners.invalidate(certificate); // it may stand for another device by now
                lookUpOwner(certificate, then);
            }
        });
    }

    private static boolean isOf(Fingerprint certificate, DirectoryAnswer answer) {
        return answer instanceof Found found
                && found.credentials().certificates().fingerprints().contains(certificate);
    }

    private void lookUpOwner(Fingerprint certificate, Consumer<DirectoryAnswer> then) {
        try {
            executor.execute(() -> {
                Optional<DeviceKey> owner;
                try {
                    owner = source.owner(certificate);
                    works();
                } catch (RuntimeException e) {
                    failed(e);
                    unavailable.increment();
                    then.accept(UNAVAILABLE);
                    return;
                }
                owner.ifPresent(device -> owners.put(certificate, device));
                owner.ifPresentOrElse(device -> find(device, then), () -> then.accept(UNKNOWN));
            });
        } catch (RejectedExecutionException e) {
            unavailable.increment();
            then.accept(UNAVAILABLE);
        }
    }

    /** Whether {@link #find(Fingerprint, Consumer)} would answer at once. */
    public boolean knows(Fingerprint certificate) {
        return Optional.ofNullable(owners.getIfPresent(certificate)).filter(this::knows).isPresent();
    }

    /** Whether {@link #find(DeviceKey, Consumer)} would answer at once. */
    public boolean knows(DeviceKey key) {
        Found found = known.getIfPresent(key);
        return found != null && isCurrent(found.credentials());
    }

    /**
     * Whether nothing has changed since these credentials were found. Ask where a decision made with them takes effect
     * later or on another thread; when not, find them again.
     */
    public boolean isCurrent(DeviceCredentials credentials) {
        return credentials.generation() == generations.get(stripe(credentials.key()));
    }

    /**
     * Tells whether there is a product with this key, and that there is one when nobody knows. In this thread, or on one of the
     * executor.
     */
    public void knowsProduct(String productKey, Consumer<Boolean> then) {
        if (products.containsKey(productKey)) {
            then.accept(true);
            return;
        }
        try {
            executor.execute(() -> {
                boolean known;
                try {
                    known = product(productKey).isPresent();
                } catch (RuntimeException e) {
                    failed(e);
                    known = true;
                }
                then.accept(known);
            });
        } catch (RejectedExecutionException e) {
            then.accept(true);
        }
    }

    /** How many look-ups were answered with {@link Unavailable}, since the start. */
    public long unavailable() {
        return unavailable.sum();
    }

    /** Somebody begins to watch what a product's devices do, or nobody watches any more. */
    public void watch(String productKey, boolean on) {
        if (on) {
            watched.add(productKey);
        } else {
            watched.remove(productKey);
        }
        products.computeIfPresent(productKey, (key, product) -> watched(product));
    }

    /** A change of a device has been committed. */
    void deviceChanged(DeviceKey key) {
        generations.incrementAndGet(stripe(key));
        known.invalidate(key);
    }

    /** A change of what a product lets its devices do has been committed. */
    void accessChanged(String productKey, StoredAccess stored) {
        access(productKey, stored);
    }

    /** A product has been deleted; it had no devices. */
    void productRemoved(String productKey) {
        products.remove(productKey);
    }

    private void lookUp(DeviceKey key) {
        DirectoryAnswer answer;
        try {
            answer = read(key);
            works();
        } catch (RuntimeException e) {
            answer = UNAVAILABLE;
            failed(e);
        }
        answer(key, answer);
    }

    private void works() {
        if (failing.compareAndSet(true, false)) {
            LOG.log(Level.INFO, "devices can be looked up again");
        }
    }

    private void failed(RuntimeException e) {
        if (failing.compareAndSet(false, true)) {
            LOG.log(Level.WARNING, "devices cannot be looked up", e);
        }
    }

    private DirectoryAnswer read(DeviceKey key) {
        while (true) {
            long generation = generations.get(stripe(key));
            Optional<StoredDevice> device = source.device(key);
            Optional<ProductAccess> product = device.isPresent() ? product(key.productKey()) : Optional.empty();
            if (generation == generations.get(stripe(key))) {
                if (product.isEmpty()) {
                    return UNKNOWN;
                }
                StoredDevice d = device.get();
                Found found = new Found(new DeviceCredentials(key, d.id(), d.iotId(), d.secrets(), d.enabled(), d.activated(),
                        d.certificates(), product.get(), generation));
                known.put(key, found);
                return found;
            }
        }
    }

    private Optional<ProductAccess> product(String productKey) {
        ProductAccess present = products.get(productKey);
        return present != null ? Optional.of(present)
                : source.access(productKey).map(stored -> access(productKey, stored));
    }

    private ProductAccess access(String productKey, StoredAccess stored) {
        ProductAccess product = products.computeIfAbsent(productKey,
                key -> watched(new ProductAccess(key, stored, rates)));
        product.offer(stored);
        return product;
    }

    /** Only while the product's place in the map is locked, so that it is not told what is past. */
    private ProductAccess watched(ProductAccess product) {
        product.watch(watched.contains(product.productKey()));
        return product;
    }

    private void answer(DeviceKey key, DirectoryAnswer answer) {
        for (Consumer<DirectoryAnswer> then : lookups.remove(key)) {
            if (answer == UNAVAILABLE) {
                unavailable.increment();
            }
            then.accept(answer);
        }
    }

    private static int stripe(DeviceKey key) {
        int hash = key.hashCode();
        return (hash ^ hash >>> 16) & STRIPES - 1;
    }
}
