package io.thingport.mqtt;

/** The message listener interface of the resource adapter; a message-driven bean implements it. */
public interface MqttListener {

    /**
     * Takes one turn of an event loop. Called on that loop's thread, never by two threads for one loop; the bean calls
     * {@link MqttTurn#drain} once and returns without blocking.
     */
    void onTurn(MqttTurn turn);
}
