package io.thingport.platform.session;

import io.thingport.platform.devicelog.PresentLevels;
import io.thingport.platform.devicelog.ProductLevelChange;
import io.thingport.platform.devicelog.TraceChange;
import io.thingport.platform.registry.ProductRemoval;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;

/** Lets hold how much goes into the device log, once it is committed. */
@Dependent
class LevelChanges {

    private final PresentLevels levels;
    private final Loops loops;

    @Inject
    LevelChanges(PresentLevels levels, Loops loops) {
        this.levels = levels;
        this.loops = loops;
    }

    void product(@Observes(during = TransactionPhase.AFTER_SUCCESS) ProductLevelChange change) {
        levels.set(change.productKey(), change.level());
    }

    void removed(@Observes(during = TransactionPhase.AFTER_SUCCESS) ProductRemoval product) {
        levels.forget(product.productKey());
    }

    void trace(@Observes(during = TransactionPhase.AFTER_SUCCESS) TraceChange change) {
        levels.set(change.device(), change.trace());
        loops.traced(change.device());
    }
}
