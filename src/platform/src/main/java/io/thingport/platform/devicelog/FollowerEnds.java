package io.thingport.platform.devicelog;

import io.thingport.platform.accesskey.AccessKeyRevocation;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Ends the following of who may no more. */
@Dependent
class FollowerEnds {

    private final LiveLog live;

    @Inject
    FollowerEnds(LiveLog live) {
        this.live = live;
    }

    void key(@Observes AccessKeyRevocation key) {
        live.keyRevoked(key.accessKeyId());
    }
}
