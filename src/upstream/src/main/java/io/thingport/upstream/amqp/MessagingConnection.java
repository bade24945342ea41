package io.thingport.upstream.amqp;

import io.thingport.platform.upstream.ConsumerEvent;
import org.apache.activemq.artemis.api.core.ActiveMQDisconnectedException;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.core.remoting.FailureListener;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/** A consumer's connection of Jakarta Messaging that is in. A key that is deleted ends the connections that it opened. */
final class MessagingConnection implements Watched {

    private final RemotingConnection connection;
    private final ConsumerIdentity identity;
    private final String password;
    private final ConsumerDoor door;
    private long checked; // of the tick

    MessagingConnection(RemotingConnection connection, ConsumerIdentity identity, String password, ConsumerDoor door) {
        this.connection = connection;
        this.identity = identity;
        this.password = password;
        this.door = door;
        this.checked = door.nanos().getAsLong();
    }

    /** From now on it is watched, until it is closed. */
    void watch() {
        door.opened(connection, this);
        connection.addCloseListener(() -> door.closed(connection));
        connection.addFailureListener(new Leaving());
        if (connection.isDestroyed()) {
            door.closed(connection);
        }
    }

    @Override
    public void tickSoon() {
        long now = door.nanos().getAsLong();
        if (now - checked >= door.limits().times().recheck().toNanos()) {
            checked = now;
            door.authentication().recheck(identity.userName(), password, this::close);
        }
    }

    private void close(String why) {
        if (!connection.isDestroyed()) {
            door.log().say(ConsumerEvent.CLOSED, this, why);
            connection.fail(new ActiveMQDisconnectedException(ConsumerEvent.CLOSED + ": " + why));
        }
    }

    /** For the log. */
    @Override
    public String toString() {
        return identity.clientId() + " of group " + identity.group() + ", " + connection.getRemoteAddress();
    }

    private final class Leaving implements FailureListener {

        @Override
        public void connectionFailed(ActiveMQException exception, boolean failedOver) {
            door.closed(connection);
        }

        @Override
        public void connectionFailed(ActiveMQException exception, boolean failedOver, String scaleDownTargetNodeID) {
            door.closed(connection);
        }
    }
}
