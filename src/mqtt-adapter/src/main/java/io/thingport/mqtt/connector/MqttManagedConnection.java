package io.thingport.mqtt.connector;

import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.LocalTransaction;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionMetaData;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.security.auth.Subject;
import javax.transaction.xa.XAResource;

/**
 * What the container pools. It holds no resource of its own, only the handles given out on it. The container uses it by
 * one thread at a time.
 */
final class MqttManagedConnection implements ManagedConnection {

    private final MqttManagedConnectionFactory factory;
    private final List<AdapterConnection> handles = new ArrayList<>();
    private final List<ConnectionEventListener> listeners = new CopyOnWriteArrayList<>();
    private PrintWriter log;

    MqttManagedConnection(MqttManagedConnectionFactory factory) {
        this.factory = factory;
    }

    MqttManagedConnectionFactory factory() {
        return factory;
    }

    @Override
    public Object getConnection(Subject subject, ConnectionRequestInfo request) {
        AdapterConnection handle = new AdapterConnection(this);
        handles.add(handle);
        return handle;
    }

    /** @throws NotSupportedException when it is no handle of this adapter */
    @Override
    public void associateConnection(Object handle) throws ResourceException {
        if (!(handle instanceof AdapterConnection own)) {
            throw new NotSupportedException("not a connection of this adapter: " + handle);
        }
        own.moveTo(this);
        handles.add(own);
    }

    void forget(AdapterConnection handle) {
        handles.remove(handle);
    }

    /** A component has closed its handle. */
    void closed(AdapterConnection handle) {
        forget(handle);
        ConnectionEvent event = new ConnectionEvent(this, ConnectionEvent.CONNECTION_CLOSED);
        event.setConnectionHandle(handle);
        listeners.forEach(l -> l.connectionClosed(event));
    }

    @Override
    public void cleanup() {
        handles.forEach(AdapterConnection::invalidate);
        handles.clear();
    }

    @Override
    public void destroy() {
        cleanup();
    }

    @Override
    public void addConnectionEventListener(ConnectionEventListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeConnectionEventListener(ConnectionEventListener listener) {
        listeners.remove(listener);
    }

    /** @throws NotSupportedException always: the adapter is NoTransaction */
    @Override
    public XAResource getXAResource() throws ResourceException {
        throw noTransaction();
    }

    /** @throws NotSupportedException always: the adapter is NoTransaction */
    @Override
    public LocalTransaction getLocalTransaction() throws ResourceException {
        throw noTransaction();
    }

    @Override
    public ManagedConnectionMetaData getMetaData() {
        return new ConnectionMetaData();
    }

    @Override
    public void setLogWriter(PrintWriter log) {
        this.log = log;
    }

    @Override
    public PrintWriter getLogWriter() {
        return log;
    }

    private static NotSupportedException noTransaction() {
        return new NotSupportedException("a message to a device takes part in no transaction");
    }
}
