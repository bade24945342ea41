package io.thingport.platform.registration;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.Origin;
import io.thingport.platform.access.RegistrationRequest;
import io.thingport.platform.registry.RegistrationResult;
import io.thingport.platform.registry.RegistrationResult.Refused;
import io.thingport.platform.registry.RegistrationStore;
import io.thingport.platform.registry.RegistryException;
import io.thingport.platform.secrets.Secret;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Registers devices that prove to know their product's secret, within bounds: so many from one place and so many of one
 * product in a second, so many at the same time. From any thread.
 */
public final class Registrar {

    /** In a second, from one address. */
    static final int PER_ORIGIN = 20;
    /** In a second, of one product. */
    static final int PER_PRODUCT = 100;
    /** At the same time. */
    static final int UNDER_WAY_MAXIMUM = 200;

    private static final Logger LOG = System.getLogger(Registrar.class.getName());

    private final RegistrationStore store;
    private final Executor executor;
    private final RegistrationRates rates;
    private final Semaphore places = new Semaphore(UNDER_WAY_MAXIMUM);
    private final AtomicBoolean failing = new AtomicBoolean();
    private final LongAdder registered = new LongAdder();
    private final Map<Refused, LongAdder> refused = new EnumMap<>(Refused.class);

    /**
     * @param executor bounded; runs what blocks
     * @param nanoTime what rates are counted by
     */
    public Registrar(RegistrationStore store, Executor executor, LongSupplier nanoTime) {
        this.store = store;
        this.executor = executor;
        this.rates = new RegistrationRates(PER_ORIGIN, PER_PRODUCT, nanoTime);
        for (Refused reason : Refused.values()) {
            refused.put(reason, new LongAdder());
        }
    }

    /**
     * Registers a device; never blocks. The result comes in this thread or on one of the executor: who needs it on its loop
     * posts it there.
     */
    public void register(RegistrationRequest request, Origin from, Consumer<RegistrationResult> then) {
        if (!rates.take(from) || !places.tryAcquire()) {
            then.accept(counted(Refused.TOO_OFTEN));
            return;
        }
        try {
            executor.execute(() -> {
                RegistrationResult result;
                try {
                    result = counted(stored(request));
                } finally {
                    places.release();
                }
                then.accept(result);
            });
        } catch (RejectedExecutionException e) {
            places.release();
            then.accept(counted(Refused.UNAVAILABLE));
        }
    }

    /** Registers a device; blocks. */
    public RegistrationResult register(RegistrationRequest request, Origin from) {
        if (!rates.take(from) || !places.tryAcquire()) {
            return counted(Refused.TOO_OFTEN);
        }
        try {
            return counted(stored(request));
        } finally {
            places.release();
        }
    }

    /**
     * Notes that a token is connected with for the first time; never blocks. Whether the database has taken it is told as a
     * registration's result is; of a token that is gone there is nothing to take.
     */
    public void activate(DeviceKey device, String clientId, Consumer<Boolean> then) {
        try {
            executor.execute(() -> then.accept(done(() -> store.activate(device, clientId))));
        } catch (RejectedExecutionException e) {
            then.accept(false);
        }
    }

    /** How many secrets and tokens were given, since the start. */
    public long registered() {
        return registered.sum();
    }

    /** How many requests were refused for a reason, since the start. */
    public long refused(Refused reason) {
        return refused.get(reason).sum();
    }

    private RegistrationResult stored(RegistrationRequest request) {
        boolean[] tooOften = new boolean[1];
        Predicate<Secret> signed = secret -> {
            boolean proven = request.isSignedWith(secret);
            tooOften[0] = proven && !rates.take(request.device().productKey());
            return proven && !tooOften[0];
        };
        RegistrationResult[] result = {Refused.UNAVAILABLE};
        done(() -> result[0] = switch (request.wanted()) {
            case SECRET -> store.giveSecret(request.device(), signed);
            case TOKEN -> store.giveToken(request.device(), signed);
        });
        return tooOften[0] ? Refused.TOO_OFTEN : result[0];
    }

    /** Runs what may fail with the database, or since another was faster; false when it has. */
    private boolean done(Runnable work) {
        try {
            work.run();
            if (failing.compareAndSet(true, false)) {
                LOG.log(Level.INFO, "devices can be registered again");
            }
            return true;
        } catch (RegistryException e) {
            LOG.log(Level.DEBUG, "the same was registered or changed at the same time", e);
            return false;
        } catch (RuntimeException e) {
            if (failing.compareAndSet(false, true)) {
                LOG.log(Level.WARNING, "devices cannot be registered", e);
            }
            return false;
        }
    }

    private RegistrationResult counted(RegistrationResult result) {
        if (result instanceof Refused reason) {
            refused.get(reason).increment();
        } else {
            registered.increment();
        }
        return result;
    }
}
