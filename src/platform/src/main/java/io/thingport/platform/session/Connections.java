package io.thingport.platform.session;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.registry.RegistryChange;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The devices' connections, for every component. From any thread, never blocks. Stages complete on an event loop: who does
 * more in them than map a value continues on an executor.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Connections {

    private static final System.Logger LOG = System.getLogger(Connections.class.getName());

    @Inject
    private Loops loops;

    /** For the container. */
    public Connections() {
    }

    Connections(Loops loops) {
        this.loops = loops;
    }

    /**
     * The live connection of a device, if it has one. Completes with
     * {@link java.util.concurrent.RejectedExecutionException} when the server is too busy or not ready.
     */
    public CompletionStage<Optional<ConnectionInfo>> find(DeviceKey device) {
        return loops.find(device);
    }

    /** Closes the connection of a device, in 5.0 with 0x98; false when it had none. Completes like {@link #find}. */
    public CompletionStage<Boolean> kick(DeviceKey device) {
        return loops.kick(device, "kicked");
    }

    /** Counters of all loops, a moment late. */
    public PlatformCounters counters() {
        return loops.counters();
    }

    /** A device that was disabled or deleted, or of which a secret or certificate was withdrawn, loses its connection; a deleted one its session. */
    public void deviceChanged(@Observes RegistryChange change) {
        switch (change.kind()) {
            case DISABLED -> expect(change, loops.kick(change.key(), "the device was disabled"));
            case DELETED -> expect(change, loops.deleted(change.key()));
            case SECRET_WITHDRAWN -> expect(change, loops.kick(change.key(), "a secret of the device was withdrawn"));
            case CERTIFICATE_WITHDRAWN -> expect(change, loops.kick(change.key(), "a certificate of the device was withdrawn"));
            case ENABLED, SECRET_CHANGED, CERTIFICATE_ADDED -> { } // its connection stays
        }
    }

    private static void expect(RegistryChange change, CompletionStage<Boolean> end) {
        end.whenComplete((closed, e) -> {
            if (e != null) {
                LOG.log(System.Logger.Level.WARNING, change.key() + " may still be connected: it was changed ("
                        + change.kind() + "), but " + e.getMessage());
            }
        });
    }
}
