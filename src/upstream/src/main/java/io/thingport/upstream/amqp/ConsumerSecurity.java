package io.thingport.upstream.amqp;

import io.thingport.platform.upstream.ConsumerEvent;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.Subject;
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

    private final ConsumerDoor door;

    ConsumerSecurity(ConsumerDoor door) {
        this.door = door;
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
        return door.authentication().authenticate(user, password, connection.getRemoteAddress())
                .filter(identity -> isAdmitted(identity, password, connection));
    }

    private boolean isAdmitted(ConsumerIdentity identity, String password, RemotingConnection connection) {
        Optional<ConsumerIdentity> before = door.doors().identity(connection); // with another session
        Optional<Refusal> obstacle = before.isPresent()
                ? before.filter(i -> !i.equals(identity))
                        .map(i -> new Refusal(ConsumerEvent.LOGIN, "the connection has logged in as " + i.clientId()))
                : door.doors().enter(connection, identity)
                        .map(why -> new Refusal(ConsumerEvent.TOO_MANY_CONNECTIONS, why));
        obstacle.ifPresent(why -> door.log().say(why.event(), identity.clientId(), why.text()));
        if (before.isEmpty() && obstacle.isEmpty()) {
            new MessagingConnection(connection, identity, password, door).watch();
            LoginGate.lift(connection.getTransportConnection());
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
}
