package io.thingport.platform.accesskey;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;

/**
 * Tells what has been committed: first to the keys in memory, then to whoever observes {@link AccessKeyRevocation}. In this
 * order who looks a key up after the event sees the change.
 */
@Dependent
class KeysAfterCommit {

    private final KnownKeys keys;
    private final Event<AccessKeyRevocation> revocations;

    @Inject
    KeysAfterCommit(KnownKeys keys, Event<AccessKeyRevocation> revocations) {
        this.keys = keys;
        this.revocations = revocations;
    }

    void key(@Observes(during = TransactionPhase.AFTER_SUCCESS) AccessKeyChange change) {
        change.key().ifPresentOrElse(keys::put, () -> keys.remove(change.accessKeyId()));
        if (change.ended()) {
            revocations.fire(new AccessKeyRevocation(change.accessKeyId()));
        }
    }
}
