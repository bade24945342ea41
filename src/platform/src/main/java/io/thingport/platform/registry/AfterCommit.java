package io.thingport.platform.registry;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;

/**
 * Tells what has been committed: first to the directory, then to whoever observes {@link RegistryChange}. In this order a
 * look-up made after the event sees the change.
 */
@Dependent
class AfterCommit {

    private final DeviceDirectory directory;
    private final Event<RegistryChange> changes;

    @Inject
    AfterCommit(DeviceDirectory directory, Event<RegistryChange> changes) {
        this.directory = directory;
        this.changes = changes;
    }

    void device(@Observes(during = TransactionPhase.AFTER_SUCCESS) DeviceChange device) {
        directory.deviceChanged(device.change().key());
        changes.fire(device.change());
    }

    void access(@Observes(during = TransactionPhase.AFTER_SUCCESS) ProductAccessChange product) {
        directory.accessChanged(product.productKey(), product.access());
    }

    void product(@Observes(during = TransactionPhase.AFTER_SUCCESS) ProductRemoval product) {
        directory.productRemoved(product.productKey());
    }
}
