package io.thingport.mqtt;

/** What one turn of an event loop brought. Valid during {@link MqttListener#onTurn} only. */
public interface MqttTurn {

    /** The loop whose turn this is. */
    MqttLoop loop();

    /**
     * Hands every event over in the order of its arrival. An exception of the handler closes the channel whose event it
     * was and is logged; the turn goes on.
     */
    void drain(MqttHandler handler);
}
