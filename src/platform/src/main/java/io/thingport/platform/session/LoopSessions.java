package io.thingport.platform.session;

import io.thingport.mqtt.CallOutcome;
import io.thingport.mqtt.CloseReason;
import io.thingport.mqtt.ConnackOptions;
import io.thingport.mqtt.Connect;
import io.thingport.mqtt.Delivery;
import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttChannel;
import io.thingport.mqtt.MqttHandler;
import io.thingport.mqtt.MqttLoop;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.Publish;
import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.Reply;
import io.thingport.mqtt.Route;
import io.thingport.mqtt.SendOutcome;
import io.thingport.mqtt.Subscription;
import io.thingport.mqtt.TopicFilter;
import io.thingport.mqtt.TopicName;
import io.thingport.platform.access.Claim;
import io.thingport.platform.access.PropertyLimits;
import io.thingport.platform.access.Refusal;
import io.thingport.platform.access.TopicAddress;
import io.thingport.platform.registry.DeviceCredentials;
import io.thingport.platform.registry.DirectoryAnswer;
import io.thingport.platform.registry.TopicClass;
import io.thingport.platform.rrpc.CallTopics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The sessions of one loop: what their devices do and what is done to them. Owned by the loop's thread, on which every
 * method is called but {@link #loop} and {@link #counters}. The map of sessions is bounded by the number of connections.
 *
 * <p>CONNECTs of one device are put in an order here: whoever is admitted last stays. A connection that closes late finds
 * another session in its device's place and leaves it alone.
 */
final class LoopSessions implements MqttHandler {

    private static final System.Logger LOG = System.getLogger(LoopSessions.class.getName());
    private static final Message KICK_NOTICE = Message.of(TopicName.of("/ext/notify"), QoS.AT_MOST_ONCE,
            Payload.utf8("{\"title\":\"kick\",\"content\":\"Kicked by the same device\"}"));

    private final Map<DeviceKey, Session> sessions = new HashMap<>();
    private final LoopCounters counters = new LoopCounters();
    private final Surroundings surroundings;
    private final Supplier<MqttLoop> loop;
    private final Arrivals arrivals;
    private final Outbound outbound;
    private final Calls calls;
    private final RefusalLog<DropReason> drops;
    private final RefusalLog<ReasonCode> deniedFilters;

    /**
     * @param loop the loop, once loops are there
     * @param home the sessions of a device's home loop; empty while loops are not there
     */
    LoopSessions(Surroundings surroundings, Supplier<MqttLoop> loop,
            Function<DeviceKey, Optional<LoopSessions>> home) {
        this.surroundings = surroundings;
        this.loop = loop;
        this.drops = new RefusalLog<>(LOG, "Message dropped", DropReason.class, surroundings.clock());
        this.deniedFilters = new RefusalLog<>(LOG, "Subscription denied", ReasonCode.class, surroundings.clock());
        this.outbound = new Outbound(counters, drops, surroundings.clock());
        this.calls = new Calls(surroundings.rules(), surroundings.ids(),
                new PacketLimit(surroundings.settings().mqtt().packetMaximum()));
        this.arrivals = new Arrivals(surroundings.admission(), surroundings.directory(), home, counters,
                new RefusalLog<>(LOG, "CONNECT refused", ReasonCode.class, surroundings.clock()));
    }

    /** The loop these sessions live on. From any thread. */
    MqttLoop loop() {
        return loop.get();
    }

    /** What is counted here. To be read from any thread. */
    LoopCounters counters() {
        return counters;
    }

    // ---- connections ----

    @Override
    public void connect(MqttChannel channel, Connect connect) {
        arrivals.connect(channel, connect);
    }

    /**
     * A channel whose device is admitted has come home. A device that was changed since it was looked up is looked up
     * again: none slips in that was disabled a moment ago.
     */
    void arrived(MqttChannel channel, Claim claim, DeviceCredentials credentials) {
        if (!channel.open()) {
            return;
        }
        if (surroundings.directory().isCurrent(credentials)) {
            attach(channel, claim, credentials);
        } else {
            arrivals.lookUp(channel, claim);
        }
    }

    private void attach(MqttChannel channel, Claim claim, DeviceCredentials credentials) {
        Connect connect = claim.connect();
        Instant now = surroundings.clock().instant();
        ConnectionInfo info = new ConnectionInfo(now, channel.peer().address().getHostString(), connect.version(),
                connect.keepAlive(), channel.peer().secure());
        Session session = new Session(claim.device(), credentials.product(), channel, claim.id().ext(), info,
                surroundings.settings());
        Optional.ofNullable(sessions.put(session.device(), session)).ifPresent(this::takeOver);
        counters.sessions.lazySet(sessions.size());
        channel.accept(session, connackOptions(claim));
        surroundings.status().online(session.device(), now, info.address());
        LOG.log(System.Logger.Level.DEBUG, () -> session.device() + " connected from " + info.address() + " with "
                + connect.version());
    }

    /** Every session is clean, and its expiry is told to one that asked for another. */
    private static ConnackOptions connackOptions(Claim claim) {
        Connect connect = claim.connect();
        OptionalLong expiry = connect.sessionExpiry().isPresent() ? OptionalLong.of(0) : OptionalLong.empty();
        Optional<String> assigned = connect.version() == MqttVersion.V5 && claim.id().base().isEmpty()
                ? Optional.of(claim.device().productKey() + "." + claim.device().deviceName())
                : Optional.empty();
        return new ConnackOptions(false, connect.keepAlive(), expiry, assigned);
    }

    private void takeOver(Session old) {
        if (old.wantsNotices()) {
            old.channel().send(KICK_NOTICE);
        }
        old.channel().close(ReasonCode.SESSION_TAKEN_OVER, "Kicked by the same device");
        end(old);
    }

    /**
     * Closes the connection of a device.
     *
     * @return false when there was none
     */
    boolean kick(DeviceKey device, String why) {
        Session session = sessions.remove(device);
        if (session == null) {
            return false;
        }
        counters.sessions.lazySet(sessions.size());
        session.channel().close(ReasonCode.ADMINISTRATIVE_ACTION, why);
        end(session);
        surroundings.status().offline(device, surroundings.clock().instant());
        return true;
    }

    /** The connection of a device, if there is one. */
    Optional<ConnectionInfo> find(DeviceKey device) {
        return Optional.ofNullable(sessions.get(device)).map(Session::info);
    }

    @Override
    public void closed(MqttChannel channel, CloseReason why, List<Delivery> unacked) {
        if (!(channel.state() instanceof Session session)) {
            return; // never accepted
        }
        counters.drops.add(DropReason.SESSION_ENDED, unacked.size());
        if (sessions.remove(session.device(), session)) {
            counters.sessions.lazySet(sessions.size());
            end(session);
            surroundings.status().offline(session.device(), surroundings.clock().instant());
        }
        LOG.log(System.Logger.Level.DEBUG, () -> session.device() + " disconnected: " + why.cause() + ", " + why.text());
    }

    private void end(Session session) {
        counters.drops.add(DropReason.SESSION_ENDED, session.backlog().size());
        session.calls().connectionLost();
    }

    // ---- what devices do ----

    @Override
    public Route route(MqttChannel channel, TopicName topic) {
        Session session = (Session) channel.state();
        List<TopicClass> classes = session.product().topicClasses();
        ReasonCode permission = surroundings.rules().publish(session.device(), classes, topic);
        if (permission.isError()) {
            return PublishRoute.denied(session, classes, permission);
        }
        TopicAddress address = TopicAddress.of(topic).orElseThrow();
        if (CallTopics.isReply(address)) {
            return PublishRoute.reply(session, classes, CallTopics.replyId(address));
        }
        boolean echo = session.subscriptions().matchOwn(topic)
                && surroundings.rules().receive(session.device(), classes, topic);
        return PublishRoute.message(session, classes, echo);
    }

    @Override
    public void publish(MqttChannel channel, Route route, Publish publish, long token) {
        ReasonCode settled = settle((PublishRoute) route, publish);
        if (publish.qos() == QoS.AT_LEAST_ONCE) {
            channel.ack(token, settled);
        }
    }

    private ReasonCode settle(PublishRoute route, Publish publish) {
        Session session = route.session();
        ReasonCode permission = route.permission();
        if (permission != ReasonCode.SUCCESS) {
            outbound.drop(session, publish, permission == ReasonCode.TOPIC_NAME_INVALID
                    ? DropReason.TOPIC_INVALID
                    : DropReason.NOT_AUTHORIZED);
            return permission;
        }
        if (publish.properties() != PublishProperties.NONE) {
            Optional<Refusal> refusal = PropertyLimits.check(publish.properties());
            if (refusal.isPresent()) {
                outbound.drop(session, publish, DropReason.PROPERTIES_INVALID);
                return refusal.get().reason();
            }
        }
        if (route.echo()) {
            return outbound.send(session, publish) == SendOutcome.DROPPED
                    ? ReasonCode.QUOTA_EXCEEDED
                    : ReasonCode.SUCCESS;
        }
        if (route.isReply() && !session.calls().reply(route.callId(), publish.topic(), publish.payload())) {
            outbound.drop(session, publish, DropReason.STRAY_REPLY);
        }
        return ReasonCode.SUCCESS;
    }

    @Override
    public void acked(MqttChannel channel, Delivery delivery, ReasonCode reason) {
        Session session = (Session) channel.state();
        if (reason.isError()) {
            counters.drops.add(DropReason.REFUSED_BY_DEVICE);
        }
        outbound.drain(session);
    }

    @Override
    public void writable(MqttChannel channel) {
        outbound.drain((Session) channel.state());
    }

    @Override
    public void subscribe(MqttChannel channel, List<Subscription> subscriptions, Reply suback) {
        Session session = (Session) channel.state();
        if (subscriptions.size() > surroundings.settings().subscriptions().packetMaximum()) {
            deniedFilters.say(ReasonCode.QUOTA_EXCEEDED, session.device(), subscriptions.size() + " filters at once");
            suback.send(Collections.nCopies(subscriptions.size(), ReasonCode.QUOTA_EXCEEDED));
            return;
        }
        List<ReasonCode> granted = new ArrayList<>(subscriptions.size());
        for (Subscription subscription : subscriptions) {
            granted.add(subscribe(session, subscription));
        }
        suback.send(granted);
    }

    private ReasonCode subscribe(Session session, Subscription subscription) {
        ReasonCode permission = surroundings.rules().subscribe(session.device(), session.product().topicClasses(),
                subscription.filter());
        if (!permission.isError() && !session.subscriptions().add(subscription)) {
            permission = ReasonCode.QUOTA_EXCEEDED;
        }
        if (permission.isError()) {
            deniedFilters.say(permission, session.device(), subscription.filter().text());
        }
        return permission;
    }

    @Override
    public void unsubscribe(MqttChannel channel, List<TopicFilter> filters, Reply unsuback) {
        Session session = (Session) channel.state();
        List<ReasonCode> removed = new ArrayList<>(filters.size());
        for (TopicFilter filter : filters) {
            removed.add(session.subscriptions().remove(filter)
                    ? ReasonCode.SUCCESS
                    : ReasonCode.NO_SUBSCRIPTION_EXISTED);
        }
        unsuback.send(removed);
    }

    // ---- what the application does ----

    /** Sends a message to a device; the result completes on the loop. */
    void send(DeviceKey device, Message message, CompletableFuture<SendOutcome> result) {
        Session session = sessions.get(device);
        if (session != null) {
            result.complete(send(session, message));
            return;
        }
        lookUp(device, () -> result.complete(SendOutcome.UNAVAILABLE), answer -> {
            Session connected = sessions.get(device);
            result.complete(connected != null ? send(connected, message) : absent(device, message, answer));
        });
    }

    private SendOutcome send(Session session, Message message) {
        if (!surroundings.rules().receive(session.device(), session.product().topicClasses(), message.topic())) {
            return SendOutcome.FORBIDDEN_TOPIC;
        }
        if (!session.subscriptions().match(message.topic())) {
            return SendOutcome.NOT_SUBSCRIBED;
        }
        return outbound.send(session, message);
    }

    private SendOutcome absent(DeviceKey device, Message message, DirectoryAnswer answer) {
        if (answer instanceof DirectoryAnswer.Found found) {
            List<TopicClass> classes = found.credentials().product().topicClasses();
            return surroundings.rules().receive(device, classes, message.topic())
                    ? SendOutcome.NO_SESSION
                    : SendOutcome.FORBIDDEN_TOPIC;
        }
        return answer instanceof DirectoryAnswer.Unknown ? SendOutcome.UNKNOWN_DEVICE : SendOutcome.UNAVAILABLE;
    }

    /** Calls a device. */
    void call(Calls.Call call) {
        Session session = sessions.get(call.device());
        if (session != null) {
            calls.start(session, call);
            return;
        }
        lookUp(call.device(), () -> call.failed(CallOutcome.Status.UNAVAILABLE), answer -> {
            Session connected = sessions.get(call.device());
            if (connected != null) {
                calls.start(connected, call);
            } else {
                call.failed(absent(call, answer));
            }
        });
    }

    private CallOutcome.Status absent(Calls.Call call, DirectoryAnswer answer) {
        if (answer instanceof DirectoryAnswer.Found found) {
            return calls.forbidden(call, found.credentials().product().topicClasses())
                    ? CallOutcome.Status.FORBIDDEN_TOPIC
                    : CallOutcome.Status.OFFLINE;
        }
        return answer instanceof DirectoryAnswer.Unknown
                ? CallOutcome.Status.UNKNOWN_DEVICE
                : CallOutcome.Status.UNAVAILABLE;
    }

    /** Looks a device up and goes on here; {@code busy} runs elsewhere instead when the loop's queue is full. */
    private void lookUp(DeviceKey device, Runnable busy, Consumer<DirectoryAnswer> then) {
        surroundings.directory().find(device, answer -> {
            if (loop().inLoop()) {
                then.accept(answer);
            } else if (!loop().post(() -> then.accept(answer))) {
                busy.run();
            }
        });
    }
}
