package io.thingport.mqtt.connector;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.ResourceAdapter;
import java.io.Serializable;

/**
 * How a message-driven bean is bound to the adapter. There is nothing to choose: the application says how to listen when
 * it calls {@link io.thingport.mqtt.MqttServer#open}.
 */
public final class MqttActivationSpec implements ActivationSpec, Serializable {

    private static final long serialVersionUID = 1;

    private transient ResourceAdapter adapter;

    @Override
    public ResourceAdapter getResourceAdapter() {
        return adapter;
    }

    /** @throws ResourceException when it belongs to an adapter already */
    @Override
    public void setResourceAdapter(ResourceAdapter adapter) throws ResourceException {
        Association.checkFirst(this.adapter, adapter);
        this.adapter = adapter;
    }

    /** Every activation spec is valid. */
    @Override
    public void validate() {
    }
}
