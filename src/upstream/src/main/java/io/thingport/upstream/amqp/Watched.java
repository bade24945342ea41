package io.thingport.upstream.amqp;

/** A connection of a consumer for which time passes. */
@FunctionalInterface
interface Watched {

    /** Looks at the time, soon. From one thread at a time, which does not wait. */
    void tickSoon();
}
