package io.thingport.platform.store;

/**
 * A session to be ended: it is not found again. Its messages are deleted later, in slices. A newer session of the device
 * is left alone.
 */
public non-sealed interface EndSession extends Change {

    long sessionId();
}
