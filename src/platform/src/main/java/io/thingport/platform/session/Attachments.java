package io.thingport.platform.session;

import io.thingport.mqtt.CloseReason;
import io.thingport.mqtt.ConnackOptions;
import io.thingport.mqtt.Connect;
import io.thingport.mqtt.Delivery;
import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttChannel;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.TopicName;
import io.thingport.platform.access.Claim;
import io.thingport.platform.access.Refusal;
import io.thingport.platform.config.Settings;
import io.thingport.platform.devicelog.PresentLevels;
import io.thingport.platform.limits.TokenBucket;
import io.thingport.platform.registry.DeviceCredentials;
import io.thingport.platform.registry.DeviceStatusWriter;
import io.thingport.platform.store.SessionIds;
import io.thingport.platform.store.SessionSource.StoredEntry;
import io.thingport.platform.store.SessionSource.StoredSession;
import io.thingport.platform.store.SessionState;
import io.thingport.platform.upstream.OfflineReason;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Which connection has which session. CONNECTs of one device are put in an order here: whoever comes last stays. A
 * connection that closes late finds another in its session and leaves that alone. A CONNACK waits until what it says is
 * true after a crash, too. Owned by one loop's thread; the sessions in use are bounded by the number of connections.
 */
final class Attachments {

    /** How long a connection may wait for its session to be found or stored. */
    static final long WAIT_SECONDS = 10;

    /** How long, at least, a session is away before its expiry is stored. */
    static final long SAVE_SECONDS = 15;

    private static final System.Logger LOG = System.getLogger(Attachments.class.getName());
    private static final int AWAY_MESSAGES = 500_000;
    private static final int NO_RECEIVE_MAXIMUM = 65_535; // what it is when none is given
    private static final String C_SDK = "sdk-c-4";
    private static final Message KICK_NOTICE = Message.of(TopicName.of("/ext/notify"), QoS.AT_MOST_ONCE,
            Payload.utf8("{\"title\":\"kick\",\"content\":\"Kicked by the same device\"}"));

    private List<Session> justLeft = new ArrayList<>();
    private List<Session> leftBefore = new ArrayList<>(); // both bounded by the sessions that come and go in SAVE_SECONDS
    private final Map<DeviceKey, Session> inUse = new HashMap<>(); // connected, or awaited by a connection
    private final AwaySessions away;
    private final Settings settings;
    private final SessionIds ids;
    private final long startMillis;
    private final SessionKeeper keeper;
    private final SessionLoads loads;
    private final Outbound outbound;
    private final BroadcastTable broadcasts;
    private final Arrivals arrivals;
    private final DeviceStatusWriter status;
    private final StatusNotices notices;
    private final ConnectEvents events;
    private final PresentLevels levels;
    private final LoopCounters counters;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final ConnectRates connectRates;
    private final TokenBucket serverConnects;

    Attachments(Surroundings surroundings, SessionKeeper keeper, Outbound outbound, BroadcastTable broadcasts,
            Arrivals arrivals, StatusNotices notices, LoopCounters counters) {
        this.settings = surroundings.settings();
        this.ids = surroundings.store().ids();
        this.status = surroundings.status();
        this.notices = notices;
        this.events = surroundings.connectEvents();
        this.levels = surroundings.levels();
        this.clock = surroundings.clock();
        this.nanoTime = surroundings.nanoTime();
        this.serverConnects = surroundings.limits().connects();
        this.startMillis = clock.millis();
        this.keeper = keeper;
        this.outbound = outbound;
        this.broadcasts = broadcasts;
        this.arrivals = arrivals;
        this.counters = counters;
        int loops = settings.mqtt().loops();
        this.away = new AwaySessions(Math.max(1, settings.registry().cacheMaximum() / loops), AWAY_MESSAGES / loops);
        this.connectRates = new ConnectRates(settings.rates().connectsPerDevice(),
                Math.max(1, settings.registry().cacheMaximum() / loops), nanoTime);
        this.loads = new SessionLoads(surroundings.store().source(), surroundings.store().executor(), keeper::loop,
                this::found);
    }

    // ---- finding ----

    /** The session of a connected device. */
    Optional<Session> connected(DeviceKey device) {
        return Optional.ofNullable(inUse.get(device)).filter(Session::isConnected);
    }

    /**
     * Finds a device's session, in memory or in the store, and goes on with it; a device without one has one that does
     * not exist.
     */
    void find(DeviceCredentials device, Consumer<Session> then, Runnable unavailable) {
        Optional<Session> known = inMemory(device);
        if (known.isPresent()) {
            then.accept(known.get());
        } else {
            loads.load(device, loaded -> {
                if (loaded) {
                    find(device, then, unavailable);
                } else {
                    unavailable.run();
                }
            });
        }
    }

    private Optional<Session> inMemory(DeviceCredentials device) {
        Session used = inUse.get(device.key());
        Optional<Session> known = used != null ? Optional.of(used) : away.find(device.key());
        if (known.isPresent() && known.get().deviceId() != device.id()) {
            forget(known.get()); // of a device of the same name that was deleted
            return Optional.empty();
        }
        if (known.isPresent() && known.get().hasExpired(clock.millis())) {
            end(known.get(), () -> { });
            return away.find(device.key());
        }
        return known;
    }

    private void found(DeviceCredentials device, Optional<StoredSession> stored) {
        if (inMemory(device).isPresent()) {
            return;
        }
        if (stored.isEmpty()) {
            away.add(Session.none(device.key(), device.product(), device.id(), settings, keeper, levels));
            return;
        }
        SessionState state = stored.get().state();
        Session session = Session.stored(device.key(), device.product(), device.id(), state.sessionId(), settings, keeper, levels);
        session.announced();
        session.sentThrough(state.sentThrough());
        session.subscriptions().restore(state.subscriptions());
        for (StoredEntry entry : stored.get().messages()) {
            session.numbered(entry.number());
            session.backlog().add(QueuedMessage.found(session, entry.number(), entry.size(),
                    entry.sent() || entry.number() <= state.sentThrough(), entry.createdMillis(), entry.expiresMillis()));
        }
        session.expires(state.expirySeconds(), state.expiresMillis());
        session.saved(state.run());
        if (state.expiresMillis() == SessionState.CONNECTED) { // when an earlier run ended
            session.expires(state.expirySeconds(), startMillis + state.expirySeconds() * 1_000);
            saveLater(session);
        }
        away.add(session);
        inMemory(device);
    }

    // ---- connecting ----

    /** A channel whose device is admitted has come home. */
    void arrived(MqttChannel channel, Claim claim, DeviceCredentials credentials) {
        Arrival arrival = new Arrival(channel, claim, credentials);
        if (arrival.isOver()) {
            return;
        }
        if (!arrivals.isCurrent(credentials)) {
            arrivals.lookUp(channel, claim); // none slips in that was disabled a moment ago
            return;
        }
        Optional<Session> known = inMemory(credentials);
        if (known.isPresent()) {
            attach(arrival, known.get());
        } else {
            limit(arrival);
            find(credentials, session -> comeIn(arrival, session), () -> unavailable(arrival));
        }
    }

    private void comeIn(Arrival arrival, Session session) {
        if (arrival.isOver()) {
            arrival.end();
        } else if (arrivals.isCurrent(arrival.credentials())) {
            attach(arrival, session);
        } else {
            arrival.end();
            arrivals.lookUp(arrival.channel(), arrival.claim());
        }
    }

    private void limit(Arrival arrival) {
        if (!arrival.isLimited()) {
            arrival.limit(keeper.loop().schedule(WAIT_SECONDS, TimeUnit.SECONDS, () -> unavailable(arrival)));
        }
    }

    private void unavailable(Arrival arrival) {
        if (!arrival.isOver()) {
            arrivals.refuse(arrival.channel(), Newcomer.proven(arrival.claim()), new Refusal(ReasonCode.SERVER_UNAVAILABLE,
                    "the session cannot be looked up or stored now"));
        }
        arrival.end();
    }

    private void attach(Arrival arrival, Session known) {
        Optional<String> tooFast = countConnect(arrival.device());
        if (tooFast.isPresent()) {
            arrivals.refuse(arrival.channel(), Newcomer.proven(arrival.claim()),
                    new Refusal(ReasonCode.CONNECTION_RATE_EXCEEDED, tooFast.get()));
            arrival.end();
            return;
        }
        Connect connect = arrival.claim().connect();
        long expirySeconds = connect.version() == MqttVersion.V5
                ? connect.sessionExpiry().orElse(0)
                : connect.cleanStart() ? 0 : SessionState.NEVER_EXPIRES;
        takeOver(known);
        boolean resumed = known.exists() && known.isAnnounced() && !connect.cleanStart();
        Session session = resumed ? known : newSession(arrival.credentials(), expirySeconds);
        Runnable accept = () -> accept(arrival, session, resumed);
        boolean replaces = known.exists() && !resumed;
        if (replaces) {
            end(known, session.isStored() ? () -> { } : accept);
        }
        away.remove(arrival.device());
        inUse.put(arrival.device(), session);
        session.await(arrival);
        expires(session, expirySeconds, SessionState.CONNECTED);
        int subscriptionsBefore = session.subscriptions().version();
        if (arrival.claim().id().autoSubscribe()) {
            session.subscriptions().addAutomatic();
        }
        boolean subscribed = session.subscriptions().version() != subscriptionsBefore;
        if (resumed && !(subscribed && session.isStored())) {
            if (session.isExpiryUnsaved(ids.run())) {
                keeper.save(session);
            }
            accept.run();
        } else if (session.isStored()) {
            limit(arrival);
            keeper.save(session, accept);
        } else if (replaces) {
            limit(arrival);
        } else {
            accept.run();
        }
    }

    /** Counts a connect; or says what there are too many of, and counts nothing. */
    private Optional<String> countConnect(DeviceKey device) {
        long now = nanoTime.getAsLong();
        if (serverConnects.pause(1, now) > 0) {
            return Optional.of("more than " + settings.rates().server().connects() + " connects of devices in a second");
        }
        if (!connectRates.take(device)) {
            return Optional.of("more than " + settings.rates().connectsPerDevice() + " connects in a minute");
        }
        serverConnects.take(1, now);
        return Optional.empty();
    }

    private Session newSession(DeviceCredentials device, long expirySeconds) {
        return expirySeconds == 0
                ? Session.clean(device.key(), device.product(), device.id(), settings, keeper, levels)
                : Session.stored(device.key(), device.product(), device.id(), ids.next(), settings, keeper, levels);
    }

    /** Sets when a session expires, which one that never does ignores. */
    private static void expires(Session session, long seconds, long millis) {
        session.expires(seconds, seconds == SessionState.NEVER_EXPIRES ? SessionState.NEVER : millis);
    }

    private void accept(Arrival arrival, Session session, boolean resumed) {
        if (!session.isAwaited() || session.arrival() != arrival) {
            return; // another one has come, or it was closed
        }
        session.noLongerAwaited();
        boolean late = arrival.isOver();
        arrival.end();
        if (late) {
            leave(session);
            return;
        }
        MqttChannel channel = arrival.channel();
        Connect connect = arrival.claim().connect();
        Instant now = clock.instant();
        ConnectionInfo info = new ConnectionInfo(now, channel.peer().address().getHostString(), connect.version(),
                connect.keepAlive(), channel.peer().secure());
        Connection connection = new Connection(session, channel, arrival.credentials().iotId(),
                arrival.claim().id().ext(), info, pace(connect));
        session.announced();
        session.connection(connection);
        broadcasts.connected(session);
        counters.connected(1);
        channel.accept(connection, connackOptions(arrival.claim(), resumed));
        if (!arrival.claim().named()) {
            channel.send(identity(session.device()));
        }
        status.online(session.device(), now, info.address());
        notices.online(connection);
        events.connected(connection, arrival.claim(), resumed);
        LOG.log(System.Logger.Level.DEBUG, () -> session.device() + " connected from " + info.address() + " with "
                + connect.version() + (resumed ? ", session resumed" : ""));
        outbound.drain(session);
    }

    /** Tells a device who it is, which it need not have subscribed to. */
    private static Message identity(DeviceKey device) { // neither of the two has a character that JSON would escape
        return Message.of(TopicName.of("/ext/auth/identity/response"), QoS.AT_MOST_ONCE, Payload.utf8("{\"productKey\":\""
                + device.productKey() + "\",\"deviceName\":\"" + device.deviceName() + "\"}"));
    }

    private Pace pace(Connect connect) {
        return settings.rates().receiveMaximum() == Settings.ReceiveMaximum.BOTH && connect.receiveMaximum() < NO_RECEIVE_MAXIMUM
                ? new Pace(connect.receiveMaximum(), nanoTime)
                : Pace.FREE;
    }

    private ConnackOptions connackOptions(Claim claim, boolean resumed) {
        Connect connect = claim.connect();
        boolean hidden = settings.sessionPresent() == Settings.SessionPresent.NEVER_FOR_C_SDK
                && claim.id().sdk().filter(sdk -> sdk.startsWith(C_SDK)).isPresent();
        Optional<String> assigned = connect.version() == MqttVersion.V5 && claim.id().base().isEmpty()
                ? Optional.of(claim.device().productKey() + "." + claim.device().deviceName())
                : Optional.empty();
        return new ConnackOptions(resumed && !hidden, connect.keepAlive(), OptionalLong.empty(), assigned);
    }

    // ---- going ----

    private void takeOver(Session session) {
        if (session.isConnected()) {
            Connection old = session.connection();
            if (old.wantsNotices()) {
                old.channel().send(KICK_NOTICE);
            }
            disconnect(session, ReasonCode.SESSION_TAKEN_OVER, OfflineReason.TAKEN_OVER, "Kicked by the same device");
        } else if (session.isAwaited()) {
            noLongerAwaited(session, ReasonCode.SESSION_TAKEN_OVER, "Kicked by the same device");
        }
    }

    private void disconnect(Session session, ReasonCode reason, OfflineReason told, String why) {
        notices.offline(session.connection(), told);
        events.disconnected(session.connection(), told, why, Optional.of(reason));
        MqttChannel channel = session.connection().channel();
        channel.close(reason, why);
        detach(session, channel.unacknowledged());
    }

    private void noLongerAwaited(Session session, ReasonCode reason, String why) {
        session.arrival().channel().close(reason, why);
        session.arrival().end();
        session.noLongerAwaited();
        leave(session);
    }

    /** The channel of a connection has closed. */
    void closed(Connection connection, CloseReason why, List<Delivery> unacknowledged) {
        Session session = connection.session();
        if (session.isConnected() && session.connection() == connection) {
            why.sessionExpiry().ifPresent(seconds -> session.expires(seconds, session.expiresMillis()));
            OfflineReason told = StatusNotices.reason(why.cause());
            notices.offline(connection, told);
            events.disconnected(connection, told, ConnectEvents.text(why), why.reason());
            detach(session, unacknowledged);
            status.offline(session.device(), clock.instant());
        }
        LOG.log(System.Logger.Level.DEBUG, () -> session.device() + " disconnected: " + why.cause() + ", " + why.text());
    }

    private void detach(Session session, List<Delivery> unacknowledged) {
        Connection connection = session.connection();
        session.disconnected();
        broadcasts.disconnected(session);
        counters.connected(-1);
        connection.calls().connectionLost();
        if (session.isStored()) {
            outbound.putBack(session, unacknowledged);
        } else {
            outbound.discard(session, unacknowledged.size());
        }
        leave(session);
    }

    /** A session is left alone: it goes, or it waits for its device. */
    private void leave(Session session) {
        inUse.remove(session.device(), session);
        if (session.expirySeconds() == 0) {
            end(session, () -> { });
        } else {
            expires(session, session.expirySeconds(), clock.millis() + session.expirySeconds() * 1_000);
            if (session.isExpiryUnsaved(ids.run())) {
                saveLater(session);
            }
            away.add(session);
        }
    }

    /** Most who lose their connection are soon back: then there is nothing to save. After a kill the time begins anew. */
    private void saveLater(Session session) {
        session.toBeSaved(true);
        justLeft.add(session);
        if (justLeft.size() + leftBefore.size() == 1) {
            keeper.loop().schedule(SAVE_SECONDS, TimeUnit.SECONDS, this::saveThoseWhoLeft);
        }
    }

    private void saveThoseWhoLeft() {
        for (Session session : leftBefore) {
            session.toBeSaved(false);
            if (session.exists() && session.isExpiryUnsaved(ids.run())) {
                keeper.save(session);
            }
        }
        leftBefore = justLeft;
        justLeft = new ArrayList<>();
        if (!leftBefore.isEmpty()) {
            keeper.loop().schedule(SAVE_SECONDS, TimeUnit.SECONDS, this::saveThoseWhoLeft);
        }
    }

    private void end(Session session, Runnable then) {
        session.end();
        outbound.discard(session, 0);
        away.remove(session.device());
        away.add(Session.none(session.device(), session.product(), session.deviceId(), settings, keeper, levels));
        if (session.isStored()) {
            keeper.end(session, then);
        }
    }

    /**
     * Closes the connection of a device.
     *
     * @return false when there was none
     */
    boolean kick(DeviceKey device, String why) {
        Session session = inUse.get(device);
        if (session == null) {
            return false;
        }
        if (session.isConnected()) {
            disconnect(session, ReasonCode.ADMINISTRATIVE_ACTION, OfflineReason.CLOSED, why);
            status.offline(device, clock.instant());
        } else {
            noLongerAwaited(session, ReasonCode.ADMINISTRATIVE_ACTION, why);
        }
        return true;
    }

    /**
     * A device was deleted: its connection is closed, its session ends.
     *
     * @return false when there was no connection
     */
    boolean deleted(DeviceKey device) {
        boolean connected = kick(device, "the device was deleted");
        away.find(device).ifPresent(this::forget);
        return connected;
    }

    private void forget(Session session) {
        kick(session.device(), "the device was deleted");
        if (session.exists()) {
            end(session, () -> { });
        }
        away.remove(session.device());
    }

    /** A device is traced, or no more. */
    void traced(DeviceKey device) {
        Optional.ofNullable(inUse.get(device)).or(() -> away.find(device))
                .ifPresent(session -> session.trace(levels.trace(device)));
    }

    // ---- keeping in order ----

    /** Something of a device's session may have expired: it is looked at, and what has is dropped. */
    void refresh(DeviceCredentials device) {
        find(device, session -> {
            outbound.dropExpired(session);
            away.count(session);
        }, () -> { });
    }

    /** A message was added to a session, which may be away. */
    void added(Session session) {
        away.count(session);
    }
}
