package io.thingport.platform.session;

import io.thingport.platform.registry.DeviceLife;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;

/** Tells consumer groups what happened to devices as such, once it is committed. */
@Dependent
class LifecycleNotices {

    private final Loops loops;

    @Inject
    LifecycleNotices(Loops loops) {
        this.loops = loops;
    }

    void happened(@Observes(during = TransactionPhase.AFTER_SUCCESS) DeviceLife life) {
        loops.tell(life);
    }
}
