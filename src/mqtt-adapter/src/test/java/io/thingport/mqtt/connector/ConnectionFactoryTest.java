package io.thingport.mqtt.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttConnection;
import io.thingport.mqtt.MqttConnectionFactory;
import io.thingport.mqtt.MqttServerSettings;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.SendOutcome;
import io.thingport.mqtt.TopicName;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnectionFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionFactoryTest {

    private static final DeviceKey DEVICE = new DeviceKey("a1Product", "device1");
    private static final TopicName TOPIC = TopicName.of("/a1Product/device1/user/get");
    private static final Message MESSAGE = Message.of(TOPIC, QoS.AT_LEAST_ONCE, Payload.utf8("on"));
    private static final byte[] REQUEST = {1};

    private final MqttResourceAdapter adapter = new MqttResourceAdapter();
    private final MqttManagedConnectionFactory managed = new MqttManagedConnectionFactory();
    private final OneConnection pool = new OneConnection();

    @BeforeEach
    void start() throws ResourceException {
        adapter.start(new FakeContainer());
        managed.setResourceAdapter(adapter);
        adapter.server().open(MqttServerSettings.DEFAULTS, new SilentApplication());
    }

    @AfterEach
    void stop() {
        adapter.stop();
    }

    @Test
    void aConnectionReachesTheApplication() throws ResourceException {
        assertThat(connection().send(MESSAGE)).isCompletedWithValue(SendOutcome.SENT);
    }

    @Test
    void theFactoryLeadsToTheServer() {
        assertThat(factory().server()).isSameAs(adapter.server());
    }

    @Test
    void aClosedConnectionSendsNothing() throws ResourceException {
        MqttConnection connection = connection();
        connection.close();

        assertThatIllegalStateException().isThrownBy(() -> connection.send(MESSAGE)).withMessageContaining("closed");
    }

    @Test
    void nothingIsSentBeforeTheApplicationIsOpen() throws ResourceException {
        adapter.server().close();

        assertThatIllegalStateException().isThrownBy(() -> connection().send(MESSAGE))
                .withMessageContaining("not open");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.999S", "PT8.001S", "PT1H"})
    void aTimeoutOutOfBoundsIsRefused(Duration timeout) throws ResourceException {
        MqttConnection connection = connection();

        assertThatIllegalArgumentException().isThrownBy(() -> connection.call(DEVICE, REQUEST, timeout));
        assertThatIllegalArgumentException().isThrownBy(() -> connection.call(DEVICE, TOPIC, REQUEST, timeout));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1S", "PT8S"})
    void aTimeoutAtItsBoundIsTaken(Duration timeout) throws ResourceException {
        assertThat(connection().call(DEVICE, REQUEST, timeout)).isNotNull();
    }

    @Test
    void aClosedConnectionGoesBackToThePool() throws ResourceException {
        MqttConnection connection = connection();

        connection.close();

        assertThat(pool.closed).containsExactly(connection);
    }

    @Test
    void closingTwiceGivesBackOnce() throws ResourceException {
        MqttConnection connection = connection();
        connection.close();

        connection.close();

        assertThat(pool.closed).hasSize(1);
    }

    @Test
    void aConnectionTakenBackByTheContainerSendsNothing() throws ResourceException {
        MqttConnection connection = connection();

        pool.connection.cleanup();

        assertThatIllegalStateException().isThrownBy(() -> connection.send(MESSAGE));
    }

    @Test
    void aHandleMovedToAnotherManagedConnectionSurvivesTheFirst() throws ResourceException {
        MqttConnection connection = connection();
        MqttManagedConnection other = new MqttManagedConnection(managed);

        other.associateConnection(connection);
        pool.connection.cleanup();

        assertThat(connection.send(MESSAGE)).isCompletedWithValue(SendOutcome.SENT);
    }

    @Test
    void aForeignHandleIsNotAssociated() {
        MqttManagedConnection connection = new MqttManagedConnection(managed);

        assertThatThrownBy(() -> connection.associateConnection("handle")).isInstanceOf(NotSupportedException.class);
    }

    @Test
    void aConnectionTakesPartInNoTransaction() {
        MqttManagedConnection connection = new MqttManagedConnection(managed);

        assertThatThrownBy(connection::getXAResource).isInstanceOf(NotSupportedException.class);
        assertThatThrownBy(connection::getLocalTransaction).isInstanceOf(NotSupportedException.class);
    }

    @Test
    void anyManagedConnectionOfTheAdapterMatches() {
        MqttManagedConnection connection = new MqttManagedConnection(managed);

        assertThat(managed.matchManagedConnections(Set.of(connection), null, null)).isSameAs(connection);
    }

    @Test
    void aManagedConnectionOfAnotherAdapterDoesNotMatch() throws ResourceException {
        MqttManagedConnectionFactory other = new MqttManagedConnectionFactory();
        other.setResourceAdapter(new MqttResourceAdapter());

        assertThat(managed.matchManagedConnections(Set.of(new MqttManagedConnection(other)), null, null)).isNull();
    }

    @Test
    void aFactoryBelongsToOneAdapter() {
        assertThatThrownBy(() -> managed.setResourceAdapter(new MqttResourceAdapter()))
                .isInstanceOf(ResourceException.class);
    }

    @Test
    void thereIsNoFactoryOutsideOfAContainer() {
        assertThatThrownBy(managed::createConnectionFactory).isInstanceOf(NotSupportedException.class);
    }

    private MqttConnectionFactory factory() {
        return (MqttConnectionFactory) managed.createConnectionFactory(pool);
    }

    private MqttConnection connection() throws ResourceException {
        return factory().getConnection();
    }

    /** A pool of one, which remembers the handles that were closed. */
    private static final class OneConnection implements ConnectionManager, ConnectionEventListener {

        private static final long serialVersionUID = 1;

        private final transient List<Object> closed = new ArrayList<>();
        private transient MqttManagedConnection connection;

        @Override
        public Object allocateConnection(ManagedConnectionFactory factory, ConnectionRequestInfo request)
                throws ResourceException {
            if (connection == null) {
                connection = (MqttManagedConnection) factory.createManagedConnection(null, request);
                connection.addConnectionEventListener(this);
            }
            return connection.getConnection(null, request);
        }

        @Override
        public void connectionClosed(ConnectionEvent event) {
            closed.add(event.getConnectionHandle());
        }

        @Override
        public void connectionErrorOccurred(ConnectionEvent event) {
            throw new AssertionError(event);
        }

        @Override
        public void localTransactionStarted(ConnectionEvent event) {
            throw new AssertionError(event);
        }

        @Override
        public void localTransactionCommitted(ConnectionEvent event) {
            throw new AssertionError(event);
        }

        @Override
        public void localTransactionRolledback(ConnectionEvent event) {
            throw new AssertionError(event);
        }
    }
}
