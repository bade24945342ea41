package io.thingport.mqtt;

import jakarta.resource.Referenceable;
import jakarta.resource.ResourceException;
import java.io.Serializable;

/**
 * The JCA connection factory: any component of the application injects it with {@code @Resource} to send to a device or
 * to call it. NoTransaction: what was sent is sent, whatever becomes of the caller's transaction.
 */
public interface MqttConnectionFactory extends Serializable, Referenceable {

    /** @throws ResourceException when no connection can be had */
    MqttConnection getConnection() throws ResourceException;

    /** The adapter itself, for the application that runs behind it. */
    MqttServer server();
}
