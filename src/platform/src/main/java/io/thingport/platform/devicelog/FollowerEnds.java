package io.thingport.platform.devicelog;

import io.thingport.platform.accesskey.AccessKeyRevocation;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;

/** Ends the following of who may no more, once that is committed. */
@Dependent
class FollowerEnds {

    private final LiveLog live;

    @Inject
    FollowerEnds(LiveLog live) {
        this.live = live;
    }

    void key(@Observes(during = TransactionPhase.AFTER_SUCCESS) AccessKeyRevocation key) {
        live.keyRevoked(key.accessKeyId());
    }
}
