package io.thingport.platform.registry;

import io.thingport.platform.upstream.Engine;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;

/** Tells the message engine of committed consumer groups. */
@Dependent
class GroupsAfterCommit {

    private final Engine engine;

    @Inject
    GroupsAfterCommit(Engine engine) {
        this.engine = engine;
    }

    void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) ConsumerGroupsChange change) {
        engine.groupsChanged();
    }
}
