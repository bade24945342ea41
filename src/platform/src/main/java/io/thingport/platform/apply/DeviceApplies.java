package io.thingport.platform.apply;

import io.thingport.platform.registry.NamedDevice;
import io.thingport.platform.registry.NumberedPage;
import io.thingport.platform.registry.OwnedDevice;
import io.thingport.platform.registry.RegistryException;
import io.thingport.platform.registry.RegistryProblem;
import io.thingport.platform.secrets.Tokens;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Applies for devices. What was applied for is created in the background, one apply after the other, oldest first; what a
 * stopped or killed server had begun its successor goes on with. The newest {@link #KEPT_MAXIMUM} applies are kept for
 * {@link #KEPT}. From any thread; calls block on the database and may throw {@link RegistryException}.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DeviceApplies {

    /** Of one apply. */
    public static final int DEVICES_MAXIMUM = 10_000;
    public static final int KEPT_MAXIMUM = 500;
    public static final Duration KEPT = Duration.ofDays(30);

    private static final Logger LOG = System.getLogger(DeviceApplies.class.getName());
    private static final int GENERATED_LENGTH = 20;
    private static final long RETRY_SECONDS = 30;

    @EJB
    private ApplyStore store;
    @Inject
    private Tokens tokens;
    @Resource(lookup = "concurrent/thingport")
    private ManagedExecutorService executor;
    @Resource
    private ManagedScheduledExecutorService scheduler;

    private final AtomicBoolean running = new AtomicBoolean();
    private volatile boolean stopping; // volatile: set by the thread that stops the server

    /** Goes on with what an earlier run of the server began. For the start. */
    public void resume() {
        if (running.compareAndSet(false, true)) {
            submit();
        }
    }

    /**
     * Looks whether devices of these names can be created.
     *
     * @param named 1 to {@link #DEVICES_MAXIMUM}, with legal names and nicknames and no name twice
     * @return an apply, checked or refused
     */
    public DeviceApply check(String productKey, List<NamedDevice> named) {
        refuseCount(named.size());
        Set<String> names = new HashSet<>();
        named.stream().flatMap(device -> Stream.of(device.nameProblem(), device.nicknameProblem()))
                .flatMap(Optional::stream).findFirst().ifPresent(problem -> {
                    throw problem;
                });
        named.stream().map(NamedDevice::deviceName).filter(name -> !names.add(name)).findFirst().ifPresent(name -> {
            throw new RegistryException(RegistryProblem.INVALID_APPLY, "deviceName: " + name + " is there twice");
        });
        return store.addChecked(productKey, named);
    }

    /**
     * Applies for devices with made-up names, which are created from now on.
     *
     * @param count 1 to {@link #DEVICES_MAXIMUM}
     */
    public DeviceApply generate(String productKey, int count) {
        refuseCount(count);
        List<NamedDevice> named = Stream.generate(() -> tokens.alphanumeric(GENERATED_LENGTH)).distinct().limit(count)
                .map(name -> new NamedDevice(name, Optional.empty())).toList();
        DeviceApply apply = store.addRunning(productKey, named);
        resume();
        return apply;
    }

    /** Has the devices of an apply created that was checked. When they have been created already nothing happens. */
    public DeviceApply start(String productKey, long id) {
        DeviceApply apply = store.start(productKey, id);
        resume();
        return apply;
    }

    public DeviceApply get(long id) {
        return store.get(id);
    }

    /** The names of an apply of which this has become, in their order. */
    public List<String> names(long id, NameState state) {
        return store.names(id, state);
    }

    /**
     * A page of the devices that were created for an apply so far, in the order of their names there. Devices that have been
     * deleted since are counted and left out.
     *
     * @param size up to {@link io.thingport.platform.registry.Page#LIMIT_MAXIMUM}
     */
    public NumberedPage<OwnedDevice> devices(long id, int number, int size) {
        return store.devices(id, number, size);
    }

    @PreDestroy
    void stop() {
        stopping = true;
    }

    private static void refuseCount(int count) {
        if (count < 1 || count > DEVICES_MAXIMUM) {
            throw new RegistryException(RegistryProblem.INVALID_APPLY, "1 to " + DEVICES_MAXIMUM + " devices at a time");
        }
    }

    private void submit() {
        try {
            executor.execute(this::run);
        } catch (RuntimeException e) { // its queue is full
            retry(e);
        }
    }

    private void run() {
        try {
            createAll();
            running.set(false);
            if (!stopping && store.running().isPresent()) { // it has come since it was last looked
                resume();
            }
        } catch (RuntimeException e) {
            if (!stopping) {
                retry(e);
            }
        }
    }

    private void createAll() {
        Optional<Long> next = store.running();
        while (next.isPresent() && !stopping) {
            long id = next.get();
            boolean more = true;
            while (more && !stopping) {
                more = create(id);
            }
            if (!more) {
                LOG.log(Level.INFO, "apply {0} for devices is done", Long.toString(id));
            }
            next = store.running();
        }
    }

    /** Once more at once when another caller has interfered. */
    private boolean create(long id) {
        try {
            return store.create(id);
        } catch (RegistryException e) {
            LOG.log(Level.DEBUG, "devices of an apply are tried again", e);
            return store.create(id);
        }
    }

    private void retry(RuntimeException why) {
        running.set(true);
        LOG.log(Level.WARNING, "devices that were applied for cannot be created; goes on in " + RETRY_SECONDS + " s", why);
        scheduler.schedule(this::submit, RETRY_SECONDS, TimeUnit.SECONDS);
    }
}
