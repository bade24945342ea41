package io.thingport.platform.store;

import io.thingport.mqtt.MqttLoop;

/**
 * One change of the store on its way to the database. Changes of one loop are written in the order they were handed over,
 * or in one transaction. Exactly one of {@link #written} and {@link #refused} is called, once, on the home loop's thread;
 * neither for a message that was taken back.
 */
public sealed interface Change permits InsertMessage, DeleteMessages, SaveSession, EndSession {

    /** The loop that is told. */
    MqttLoop home();

    /** It is committed. */
    void written();

    /** The database will never take it, whatever the reason, and nothing of it is written. */
    void refused();
}
