package io.thingport.mqtt.connector;

import io.thingport.mqtt.MqttConnection;
import io.thingport.mqtt.MqttConnectionFactory;
import io.thingport.mqtt.MqttServer;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import javax.naming.Reference;

/** The connection factory that components find in JNDI. Thread-safe. */
final class AdapterConnectionFactory implements MqttConnectionFactory {

    private static final long serialVersionUID = 1;

    private final MqttManagedConnectionFactory factory;
    private final ConnectionManager connections;
    private Reference reference; // set by the container before anyone else sees this

    AdapterConnectionFactory(MqttManagedConnectionFactory factory, ConnectionManager connections) {
        this.factory = factory;
        this.connections = connections;
    }

    @Override
    public MqttConnection getConnection() throws ResourceException {
        return (MqttConnection) connections.allocateConnection(factory, null);
    }

    @Override
    public MqttServer server() {
        return factory.server();
    }

    @Override
    public void setReference(Reference reference) {
        this.reference = reference;
    }

    @Override
    public Reference getReference() {
        return reference;
    }
}
