package io.thingport.mqtt.connector;

import io.thingport.mqtt.MqttApplication;
import io.thingport.mqtt.MqttServer;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterAssociation;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Set;
import javax.security.auth.Subject;

/**
 * Makes connection factories and what they pool. A managed connection is nothing but a way to the application behind the
 * adapter: it opens no socket, takes part in no transaction, and any one serves any request.
 */
public final class MqttManagedConnectionFactory implements ManagedConnectionFactory, ResourceAdapterAssociation {

    private static final long serialVersionUID = 1;

    private transient ResourceAdapter adapter;
    private transient PrintWriter log;

    @Override
    public ResourceAdapter getResourceAdapter() {
        return adapter;
    }

    /** @throws ResourceException when it belongs to an adapter already */
    @Override
    public void setResourceAdapter(ResourceAdapter adapter) throws ResourceException {
        if (!(adapter instanceof MqttResourceAdapter)) {
            throw new NotSupportedException("not the MQTT resource adapter: " + adapter);
        }
        Association.checkFirst(this.adapter, adapter);
        this.adapter = adapter;
    }

    @Override
    public Object createConnectionFactory(ConnectionManager connections) {
        return new AdapterConnectionFactory(this, connections);
    }

    /** @throws NotSupportedException always: there is no use for the adapter outside of a container */
    @Override
    public Object createConnectionFactory() throws ResourceException {
        throw new NotSupportedException("the MQTT adapter works in a container only");
    }

    @Override
    public ManagedConnection createManagedConnection(Subject subject, ConnectionRequestInfo request) {
        return new MqttManagedConnection(this);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public ManagedConnection matchManagedConnections(Set candidates, Subject subject, ConnectionRequestInfo request) {
        for (Object candidate : candidates) {
            if (candidate instanceof MqttManagedConnection own && own.factory().equals(this)) {
                return own;
            }
        }
        return null; // the interface's word for "none of these"
    }

    @Override
    public void setLogWriter(PrintWriter log) {
        this.log = log;
    }

    @Override
    public PrintWriter getLogWriter() {
        return log;
    }

    MqttServer server() {
        return adapter().server();
    }

    MqttApplication application() {
        return adapter().application();
    }

    private MqttResourceAdapter adapter() {
        if (adapter instanceof MqttResourceAdapter own) {
            return own;
        }
        throw new IllegalStateException("the connection factory belongs to no resource adapter");
    }

    /** Without properties of their own, two factories of one adapter are equal. */
    @Override
    public boolean equals(Object o) {
        return o instanceof MqttManagedConnectionFactory other && other.adapter == adapter;
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(adapter);
    }
}
