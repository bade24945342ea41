package io.thingport.platform.dashboard;

import io.thingport.platform.accesskey.Scope;

/** What a token lets a dashboard do with the devices of its products. */
public enum Right {
    /** See what they publish to custom topics. */
    WATCH(Scope.CONSUME),
    /** See them come and go. */
    STATUS(Scope.CONSUME),
    /** Publish to their custom topics. */
    PUBLISH(Scope.MESSAGE);

    private final Scope scope;

    Right(Scope scope) {
        this.scope = scope;
    }

    /** The scope that an access key needs to give it. */
    public Scope scope() {
        return scope;
    }
}
