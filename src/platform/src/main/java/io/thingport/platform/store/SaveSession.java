package io.thingport.platform.store;

/** A session to be stored as it is now, in the place of whatever session its device has. */
public non-sealed interface SaveSession extends Change {

    SessionState state();
}
