package io.thingport.platform.rotation;

import io.thingport.platform.config.Settings;
import io.thingport.platform.registry.RegistryException;
import io.thingport.platform.registry.RegistryProblem;
import io.thingport.platform.secrets.MasterKeys;
import io.thingport.platform.secrets.SealedColumn;
import io.thingport.platform.secrets.SealedSecrets;
import io.thingport.platform.secrets.SecretBox;
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
import java.security.SecureRandom;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Rotates the master key. At every moment each secret in the database opens with a key that is in the configuration or on
 * disk: the new version is on disk before it is marked in the database, and marked before anything is sealed with it. Old
 * versions are never taken away here.
 *
 * <p>Sealing anew goes through all secrets, some 500 in a transaction, as often as it takes until it finds none that is
 * old. It begins at the start of the server, too, so that one that was broken off goes on. From any thread; calls block on
 * the database.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MasterKeyRotation {

    private static final Logger LOG = System.getLogger(MasterKeyRotation.class.getName());
    private static final long RETRY_SECONDS = 30;

    @EJB
    private MasterKeys masterKeys;
    @EJB
    private SealedSecrets sealedSecrets;
    @Inject
    private SecretBox box;
    @Inject
    private Settings settings;
    @Inject
    private SecureRandom random;
    @Resource(lookup = "concurrent/thingport")
    private ManagedExecutorService executor;
    @Resource
    private ManagedScheduledExecutorService scheduler;

    private final AtomicBoolean running = new AtomicBoolean();
    private volatile boolean stopping; // volatile: set by the thread that stops the server

    /** Seals anew, in the background, what is sealed with an older version than the newest. For the start. */
    public void resume() {
        if (running.compareAndSet(false, true)) {
            submit();
        }
    }

    /**
     * Makes a new version, seals with it from now on and begins to seal anew what older ones sealed.
     *
     * @throws RegistryException {@link RegistryProblem#MASTER_KEY_CONFIGURED}, or {@link RegistryProblem#ROTATION_RUNNING}
     */
    public void rotate() {
        if (settings.masterKey().value().isPresent()) {
            throw new RegistryException(RegistryProblem.MASTER_KEY_CONFIGURED, "the master key is configured: add a key "
                    + "with version " + (box.version() + 1) + " to thingport.secrets.key and start the server again");
        }
        if (!running.compareAndSet(false, true)) {
            throw new RegistryException(RegistryProblem.ROTATION_RUNNING, "secrets are still being sealed with version "
                    + box.version() + " of the master key");
        }
        try {
            box.use(masterKeys.rotate(box, settings.masterKey().keyFile(), random)); // committed by now
        } catch (RuntimeException e) {
            running.set(false);
            throw e;
        }
        LOG.log(Level.INFO, "the master key has version {0} now", box.version());
        submit();
    }

    /** Counts all secrets. */
    public RotationStatus status() {
        SortedMap<Integer, Long> sealed = new TreeMap<>(sealedSecrets.countByVersion());
        sealed.putIfAbsent(box.version(), 0L);
        return new RotationStatus(box.version(), settings.masterKey().value().isEmpty(), sealed, running.get());
    }

    @PreDestroy
    void stop() {
        stopping = true;
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
            sealAll();
            running.set(false);
        } catch (RuntimeException e) {
            if (!stopping) {
                retry(e);
            }
        }
    }

    private void retry(RuntimeException why) {
        LOG.log(Level.WARNING, "secrets are not yet sealed with the newest master key; goes on in " + RETRY_SECONDS + " s",
                why);
        scheduler.schedule(this::submit, RETRY_SECONDS, TimeUnit.SECONDS);
    }

    private void sealAll() {
        long sum = 0;
        long sealed;
        do {
            sealed = 0;
            for (SealedColumn column : SealedColumn.values()) {
                sealed += sealAll(column);
            }
            sum += sealed;
        } while (sealed > 0 && !stopping);
        if (sum > 0 && !stopping) {
            LOG.log(Level.INFO, "{0} secrets were sealed anew, all with version {1} of the master key", sum, box.version());
        }
    }

    private long sealAll(SealedColumn column) {
        long sealed = 0;
        Optional<Object> next = Optional.empty();
        do {
            SealedSecrets.Step step = sealedSecrets.seal(column, next);
            sealed += step.sealed();
            next = step.next();
        } while (next.isPresent() && !stopping);
        return sealed;
    }
}
