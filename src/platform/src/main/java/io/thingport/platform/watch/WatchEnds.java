package io.thingport.platform.watch;

import io.thingport.platform.accesskey.AccessKeyRevocation;
import io.thingport.platform.registry.ProductRemoval;
import io.thingport.platform.registry.RegistryChange;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;

/** Ends the watching of what is gone, once that is committed. */
@Dependent
class WatchEnds {

    private final WatchHub hub;

    @Inject
    WatchEnds(WatchHub hub) {
        this.hub = hub;
    }

    void key(@Observes AccessKeyRevocation key) {
        hub.keyRevoked(key.accessKeyId());
    }

    void product(@Observes(during = TransactionPhase.AFTER_SUCCESS) ProductRemoval product) {
        hub.productRemoved(product.productKey());
    }

    void device(@Observes RegistryChange change) {
        if (change.kind() == RegistryChange.Kind.DELETED) {
            hub.deviceRemoved(change.key());
        }
    }
}
