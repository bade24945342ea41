package io.thingport.upstream.amqp;

import io.thingport.platform.upstream.ConsumerEvent;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.core.remoting.FailureListener;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.protocol.amqp.broker.ActiveMQProtonRemotingConnection;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.apache.activemq.artemis.utils.CompositeAddress;

/**
 * Lets consumers consume the queue of their own group, and nobody do anything else. What an AMQP connection proved to be it
 * is; others, those of Jakarta Messaging, prove it here, on the engine's thread, which waits.
 */
final class ConsumerSecurity implements ActiveMQSecurityManager5 {

    private final ConsumerAuthentication authentication;
    private final Doors doors;
    private final ConsumerLog log;

    ConsumerSecurity(ConsumerAuthentication authentication, Doors doors, ConsumerLog log) {
        this.authentication = authentication;
        this.doors = doors;
        this.log = log;
    }

    @Override
    public Subject authenticate(String user, String password, RemotingConnection connection, String securityDomain) {
        return identity(Objects.requireNonNullElse(user, ""), Objects.requireNonNullElse(password, ""), connection)
                .map(ConsumerSecurity::subject).orElse(null); // which is how the engine wants to be told
    }

    private Optional<ConsumerIdentity> identity(String user, String password, RemotingConnection connection) {
        if (connection instanceof ActiveMQProtonRemotingConnection amqp) {
            return amqp.getAmqpConnection() instanceof ConsumerConnection consumer ? consumer.identity() : Optional.empty();
        }
        return authentication.authenticate(user, password, connection.getRemoteAddress())
                .filter(identity -> isAdmitted(identity, connection));
    }

    private boolean isAdmitted(ConsumerIdentity identity, RemotingConnection connection) {
        if (doors.isInside(connection)) { // with another session
            return true;
        }
        Optional<String> obstacle = doors.enter(connection, identity);
        obstacle.ifPresent(why -> log.say(ConsumerEvent.TOO_MANY_CONNECTIONS, identity.clientId(), why));
        if (obstacle.isEmpty()) {
            connection.addCloseListener(() -> doors.leave(connection));
            connection.addFailureListener(new Leaving(connection));
            if (connection.isDestroyed()) {
                doors.leave(connection);
            }
        }
        return obstacle.isEmpty();
    }

    @Override
    public boolean authorize(Subject subject, Set<Role> roles, CheckType checkType, String address) {
        return checkType == CheckType.CONSUME && subject.getPrincipals(ConsumerIdentity.class).stream()
                .anyMatch(identity -> identity.queue().toString().equals(CompositeAddress.extractAddressName(address)));
    }

    @Override
    public boolean validateUser(String user, String password) {
        return false; // never asked: there are the methods above
    }

    @Override
    public boolean validateUserAndRole(String user, String password, Set<Role> roles, CheckType checkType) {
        return false;
    }

    private static Subject subject(ConsumerIdentity identity) {
        Subject subject = new Subject();
        subject.getPrincipals().add(new UserPrincipal(identity.userName()));
        subject.getPrincipals().add(identity);
        return subject;
    }

    private final class Leaving implements FailureListener {
        private final RemotingConnection connection;

        private Leaving(RemotingConnection connection) {
            this.connection = connection;
        }

        @Override
        public void connectionFailed(ActiveMQException exception, boolean failedOver) {
            doors.leave(connection);
        }

        @Override
        public void connectionFailed(ActiveMQException exception, boolean failedOver, String scaleDownTargetNodeID) {
            doors.leave(connection);
        }
    }
}
