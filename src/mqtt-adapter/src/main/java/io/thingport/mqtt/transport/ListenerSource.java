package io.thingport.mqtt.transport;

import io.thingport.mqtt.MqttListener;

/** Where the loops get their listeners from: the message endpoints of the active message-driven bean. */
public interface ListenerSource {

    /**
     * A listener for one loop. Called on a loop's thread, never from within an activation call; may block there while
     * the application is still starting.
     *
     * @throws Exception when the endpoint cannot be had; the transport reports it in its status
     */
    MqttListener obtain() throws Exception;

    /** Gives a listener back. */
    void release(MqttListener listener);
}
