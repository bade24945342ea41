package io.thingport.mqtt.connector;

import io.thingport.mqtt.MqttListener;
import io.thingport.mqtt.transport.ListenerSource;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;

/**
 * The endpoints of the active message-driven bean. Immutable; each endpoint belongs to the loop that obtained it and is
 * used again for all its turns.
 *
 * @param factory the container's
 */
record EndpointSource(MessageEndpointFactory factory) implements ListenerSource {

    @Override
    public MqttListener obtain() throws UnavailableException {
        return (MqttListener) factory.createEndpoint(null);
    }

    @Override
    public void release(MqttListener listener) {
        ((MessageEndpoint) listener).release();
    }
}
