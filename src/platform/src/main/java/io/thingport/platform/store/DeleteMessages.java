package io.thingport.platform.store;

/** Messages to be deleted: those of a session from one number to another, both included. */
public non-sealed interface DeleteMessages extends Change {

    long sessionId();

    long from();

    long to();
}
