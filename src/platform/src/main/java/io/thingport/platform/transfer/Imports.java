package io.thingport.platform.transfer;

import io.thingport.platform.audit.Actor;
import io.thingport.platform.audit.Audited;
import io.thingport.platform.config.Settings;
import io.thingport.platform.registry.FleetImport;
import io.thingport.platform.registry.RegistryException;
import io.thingport.platform.registry.RegistryProblem;
import io.thingport.platform.secrets.Tokens;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Imports fleets, one at a time, in the background. The last ten leave their status and report. From any thread; calls block
 * on the disk.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Imports {

    /** The largest file. */
    public static final long SIZE_MAXIMUM = 64L * 1024 * 1024;

    @EJB
    private FleetImport fleetImport;
    @Inject
    private Settings settings;
    @Inject
    private Clock clock;
    @Inject
    private Tokens tokens;
    @Inject
    private SecureRandom random;
    @Resource(lookup = "concurrent/thingport")
    private ManagedExecutorService executor;

    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean stopping; // volatile: set by the thread that stops the server
    private ImportFolder folder;

    /** Tells of imports that ran when the server ended. For the start. */
    public void recover() throws IOException {
        folder.recover(clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    /**
     * Takes a file, looks at its header and begins to import it.
     *
     * @param csv read to its end
     * @throws RegistryException {@link RegistryProblem#IMPORT_RUNNING} or {@link RegistryProblem#INVALID_IMPORT}
     * @throws IOException       when it cannot be read to its end or not be kept
     */
    @Audited("import.start")
    public ImportStatus start(InputStream csv) throws IOException {
        if (!busy.compareAndSet(false, true)) {
            throw new RegistryException(RegistryProblem.IMPORT_RUNNING, "another import is running; one at a time");
        }
        String id = tokens.alphanumeric(16);
        ScratchFile upload = new ScratchFile(folder.scratch(id), random);
        boolean begun = false;
        try {
            upload.receive(csv);
            FleetReader reader = FleetReader.open(upload.open());
            folder.makeRoom();
            ImportStatus status = ImportStatus.begin(id, clock.instant().truncatedTo(ChronoUnit.MILLIS));
            folder.write(status);
            ImportJob job = new ImportJob(status, upload, reader, folder, fleetImport::apply, clock, () -> stopping);
            executor.execute(Actor.carried(() -> run(job)));
            begun = true;
            return status;
        } finally {
            if (!begun) {
                folder.delete(id);
                busy.set(false);
            }
        }
    }

    /** @throws RegistryException {@link RegistryProblem#IMPORT_NOT_FOUND} */
    public ImportStatus status(String id) throws IOException {
        return folder.status(id);
    }

    /** The imports that are kept, newest first. */
    public List<ImportStatus> list() throws IOException {
        return folder.list();
    }

    /**
     * CSV with a line for each line of the file: its number, what became of it and why it failed. As far as the import has
     * come.
     *
     * @throws RegistryException {@link RegistryProblem#IMPORT_NOT_FOUND}
     */
    public InputStream report(String id) throws IOException {
        return folder.report(id);
    }

    @PostConstruct
    void prepare() {
        folder = ImportFolder.in(settings.dataDirectory());
    }

    @PreDestroy
    void stop() {
        stopping = true;
    }

    private void run(ImportJob job) {
        try {
            job.run();
        } finally {
            busy.set(false);
        }
    }
}
