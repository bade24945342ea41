package io.thingport.upstream.amqp;

import io.netty.buffer.ByteBuf;
import io.thingport.platform.upstream.ConsumerEvent;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.protocol.amqp.broker.AMQPConnectionCallback;
import org.apache.activemq.artemis.protocol.amqp.broker.ProtonProtocolManager;
import org.apache.activemq.artemis.protocol.amqp.proton.AMQPConnectionContext;
import org.apache.activemq.artemis.protocol.amqp.proton.AMQPConstants;
import org.apache.activemq.artemis.protocol.amqp.proton.AMQPSessionContext;
import org.apache.activemq.artemis.protocol.amqp.sasl.ServerSASL;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.transport.AmqpError;
import org.apache.qpid.proton.amqp.transport.ErrorCondition;
import org.apache.qpid.proton.engine.Connection;
import org.apache.qpid.proton.engine.EndpointState;
import org.apache.qpid.proton.engine.Link;
import org.apache.qpid.proton.engine.Sender;

/**
 * A consumer's AMQP connection. It has to log in and open itself in time, to announce an idle time-out within bounds (the
 * vendor's: 30 to 300 s), and then to open one receiver link in time; it has no other link. The link's address means
 * nothing: the group of the user name decides. Owned by its event loop.
 */
final class ConsumerConnection extends AMQPConnectionContext implements Watched {

    private static final int LOGIN_PIECE = 512; // the largest frame of a login
    private static final Symbol COPY = Symbol.valueOf("copy");

    private final ConsumerDoor door;
    private final ActiveMQServer server;
    private volatile Optional<ConsumerIdentity> identity = Optional.empty(); // written once by the loop, read by the engine
    private Optional<ConsumerLink> link = Optional.empty();
    private Phase phase = Phase.LOGIN;
    private long since;
    private long checked;

    private enum Phase { LOGIN, OPEN, CONSUMING, CLOSING }

    ConsumerConnection(ProtonProtocolManager protocol, Callback callback, ConsumerDoor door, ActiveMQServer server) {
        super(protocol, callback, server.getNodeID().toString(), 0, protocol.getMaxFrameSize(),
                AMQPConstants.Connection.DEFAULT_CHANNEL_MAX, false, server.getScheduledPool(), true, null, Map.of(),
                new Symbol[0], new Symbol[0]);
        this.door = door;
        this.server = server;
        this.since = door.nanos().getAsLong();
        this.checked = since;
    }

    /** Who this is, once it is proved. From any thread. */
    Optional<ConsumerIdentity> identity() {
        return identity;
    }

    /**
     * Finds out who this is and goes on with the login.
     *
     * @param then called on the loop
     */
    void authenticate(String user, String password, Consumer<Optional<ConsumerIdentity>> then) {
        door.authentication().authenticate(user, password, getRemoteAddress(), found -> runLater(() -> {
            identity = found;
            then.accept(found);
            getHandler().onSaslResponse(getHandler().getTransport().sasl(), getHandler().getTransport());
            instantFlush();
            if (found.isEmpty()) {
                enter(Phase.CLOSING);
                runLater(this::closeTransport);
            }
        }));
    }

    /**
     * Takes in what has come. Until the consumer has logged in that is done piece by piece: the engine tries for ever to go
     * on after a frame of the login that breaks the protocol.
     */
    @Override
    public void inputBuffer(ByteBuf buffer) {
        while (phase == Phase.LOGIN && buffer.isReadable()) {
            int room = getHandler().getTransport().capacity();
            if (room <= 0 || getHandler().getTransport().getCondition() != null) {
                door.log().say(ConsumerEvent.LOGIN, this, "no AMQP 1.0");
                enter(Phase.CLOSING);
                buffer.skipBytes(buffer.readableBytes());
                closeTransport();
                return;
            }
            super.inputBuffer(buffer.readSlice(Math.min(Math.min(room, LOGIN_PIECE), buffer.readableBytes())));
        }
        if (buffer.isReadable()) {
            super.inputBuffer(buffer);
        }
    }

    @Override
    protected boolean validateConnection(Connection connection) {
        Optional<Refusal> refusal = obstacle();
        refusal.ifPresent(why -> {
            door.log().say(why.event(), this, why.text());
            connection.setProperties(Map.of(CONNECTION_OPEN_FAILED, true));
            connection.setCondition(new ErrorCondition(why.event() == ConsumerEvent.TOO_MANY_CONNECTIONS
                    ? AmqpError.RESOURCE_LIMIT_EXCEEDED : AmqpError.NOT_ALLOWED, why.description()));
            enter(Phase.CLOSING);
        });
        if (refusal.isPresent() || !super.validateConnection(connection)) {
            return false;
        }
        // What holds for the consumer holds for the server: it is told half of it, and closed after the whole.
        getHandler().getTransport().setIdleTimeout(getHandler().getTransport().getRemoteIdleTimeout());
        LoginGate.lift(getConnectionCallback().getTransportConnection());
        enter(Phase.OPEN);
        return true;
    }

    private Optional<Refusal> obstacle() {
        int idle = getHandler().getTransport().getRemoteIdleTimeout();
        ConsumerLimits limits = door.limits();
        if (idle < limits.idleMinimum() || idle > limits.idleMaximum()) {
            return Optional.of(new Refusal(ConsumerEvent.IDLE_TIMEOUT, "the idle time-out announced has to be from "
                    + limits.idleMinimum() + " to " + limits.idleMaximum() + " ms, not " + idle));
        }
        return identity.isEmpty() ? Optional.of(new Refusal(ConsumerEvent.LOGIN, "nobody has logged in"))
                : door.admit(this, identity.get(), server);
    }

    @Override
    protected void remoteLinkOpened(Link opened) throws Exception {
        Optional<String> obstacle = obstacle(opened);
        if (obstacle.isPresent()) {
            Refusal refusal = new Refusal(ConsumerEvent.LINK, obstacle.get());
            door.log().say(refusal.event(), this, refusal.text());
            opened.setCondition(new ErrorCondition(AmqpError.NOT_ALLOWED, refusal.description()));
            opened.close();
            flush();
            return;
        }
        Source source = opened.getRemoteSource() instanceof Source asked ? asked : new Source();
        source.setDynamic(false);
        opened.setSource(source);
        opened.setTarget(opened.getRemoteTarget());
        AMQPSessionContext session = getSessionExtension(opened.getSession());
        ConsumerLink consumer = session.addSender((Sender) opened, this::link);
        link = Optional.ofNullable(consumer); // none when the engine refused it
        if (link.isPresent()) {
            enter(Phase.CONSUMING);
        }
    }

    private ConsumerLink link(AMQPSessionContext session, Sender sender) {
        return new ConsumerLink(this, sender, session, door);
    }

    private Optional<String> obstacle(Link opened) {
        if (!(opened instanceof Sender)) {
            return Optional.of("consumers do not send; use the API");
        }
        if (link.filter(l -> !l.isClosed()).isPresent()) {
            return Optional.of("a connection has one receiver link");
        }
        if (opened.getRemoteSource() instanceof Source source) {
            if (source.getFilter() != null && !source.getFilter().isEmpty()) {
                return Optional.of("there are no filters and selectors");
            }
            if (COPY.equals(source.getDistributionMode())) {
                return Optional.of("queues cannot be browsed");
            }
        }
        return Optional.empty();
    }

    /** Looks at the time, on the loop. */
    @Override
    public void tickSoon() {
        try {
            runLater(this::tick);
        } catch (RejectedExecutionException e) {
            door.closed(this); // the loop is no more
        }
    }

    private void tick() {
        if (!getConnectionCallback().getTransportConnection().isOpen()) {
            door.closed(this);
            return;
        }
        switch (phase) {
            case LOGIN -> { } // the gate looks at it
            case OPEN -> {
                if (isOver(times().attach())) {
                    close("no receiver link in time");
                }
            }
            case CONSUMING -> {
                link.ifPresent(ConsumerLink::tick);
                recheck();
            }
            case CLOSING -> {
                if (isOver(times().attach())) {
                    door.log().say(ConsumerEvent.CLOSED, this, "it did not close");
                    closeTransport();
                }
            }
        }
    }

    /** A key that is deleted ends the connections that it opened. */
    private void recheck() {
        long now = door.nanos().getAsLong();
        if (now - checked >= times().recheck().toNanos()) {
            checked = now;
            door.authentication().recheck(getUser(), getPassword(), why -> runLater(() -> {
                if (phase != Phase.CLOSING) {
                    close(why);
                }
            }));
        }
    }

    private void close(String why) {
        door.log().say(ConsumerEvent.CLOSED, this, why);
        enter(Phase.CLOSING);
        if (getHandler().getConnection().getLocalState() != EndpointState.CLOSED) {
            close(new ErrorCondition(AmqpError.NOT_ALLOWED, ConsumerEvent.CLOSED + ": " + why));
        }
    }

    private ConsumerTimes times() {
        return door.limits().times();
    }

    private boolean isOver(Duration patience) {
        return door.nanos().getAsLong() - since >= patience.toNanos();
    }

    private void enter(Phase next) {
        phase = next;
        since = door.nanos().getAsLong();
    }

    private void closeTransport() {
        getConnectionCallback().getTransportConnection().close();
    }

    /** For the log. */
    @Override
    public String toString() {
        return identity.map(i -> i.clientId() + " of group " + i.group() + ", ").orElse("") + getRemoteAddress();
    }

    /** What the engine asks and tells of the connection. */
    static final class Callback extends AMQPConnectionCallback {

        private final ConsumerDoor door;

        Callback(ProtonProtocolManager protocol, ConsumerDoor door,
                org.apache.activemq.artemis.spi.core.remoting.Connection transport, Executor executor, ActiveMQServer server) {
            super(protocol, transport, executor, server);
            this.door = door;
        }

        @Override
        public ServerSASL getServerSASL(String mechanism) {
            // Null tells that there is no such mechanism.
            return mechanism.equals(SignedPlain.NAME) ? new SignedPlain((ConsumerConnection) getConnection()) : null;
        }

        @Override
        public boolean isSupportsAnonymous() {
            return false;
        }

        @Override
        public void close() {
            super.close();
            door.closed((ConsumerConnection) getConnection());
        }
    }
}
