package io.thingport.platform.store;

import io.thingport.mqtt.Message;

/** A message to be inserted. What is read of it is fixed before it is handed over and until it is written. */
public non-sealed interface InsertMessage extends Change {

    /**
     * Called by the writer's thread before it reads the row, once.
     *
     * @return false when it was taken back: it is not to be written, and nobody wants to be told
     */
    boolean take();

    long sessionId();

    /** Its place among the messages of its session, from 1. */
    long number();

    /** Whether it may have been sent before it is found again. */
    boolean sent();

    /** When it was published, in milliseconds since 1970. */
    long createdMillis();

    /** From when on it is not to be sent any more, in milliseconds since 1970. */
    long expiresMillis();

    /** QoS 1. */
    Message message();
}
