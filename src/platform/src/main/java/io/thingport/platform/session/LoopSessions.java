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
import io.thingport.mqtt.RefusalLog;
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
import io.thingport.platform.limits.PublishLimit;
import io.thingport.platform.messaging.SubscriptionResult;
import io.thingport.platform.messaging.SubscriptionResult.Outcome;
import io.thingport.platform.registry.DeviceCredentials;
import io.thingport.platform.registry.DirectoryAnswer;
import io.thingport.platform.registry.TopicClass;
import io.thingport.platform.rrpc.CallTopics;
import io.thingport.platform.upstream.UpstreamKind;
import io.thingport.platform.upstream.UpstreamMessage;
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
 * The devices of one loop: what they do and what is done to them. Owned by the loop's thread, on which every method is
 * called but {@link #loop} and {@link #counters}.
 */
final class LoopSessions implements MqttHandler {

    private static final System.Logger LOG = System.getLogger(LoopSessions.class.getName());

    private final LoopCounters counters = new LoopCounters();
    private final Surroundings surroundings;
    private final Supplier<MqttLoop> loop;
    private final Arrivals arrivals;
    private final Attachments attachments;
    private final SessionKeeper keeper;
    private final Outbound outbound;
    private final Calls calls;
    private final Answers answers;
    private final BroadcastTable broadcastTable;
    private final Broadcasts broadcasts;
    private final UpstreamBursts upstream;
    private final WatchBursts watch;
    private final RefusalLog<ReasonCode> deniedFilters;

    /**
     * @param loop the loop, once loops are there
     * @param home the sessions of a device's home loop; empty while loops are not there
     */
    LoopSessions(Surroundings surroundings, Supplier<MqttLoop> loop,
            Function<DeviceKey, Optional<LoopSessions>> home) {
        this.surroundings = surroundings;
        this.loop = loop;
        RefusalLog<DropReason> drops = new RefusalLog<>(LOG, "Message dropped", DropReason.class,
                surroundings.clock()::millis);
        this.deniedFilters = new RefusalLog<>(LOG, "Subscription denied", ReasonCode.class,
                surroundings.clock()::millis);
        this.keeper = new SessionKeeper(surroundings.store().writer(), loop,
                SessionKeeper.RESTING_MAXIMUM / surroundings.settings().mqtt().loops(),
                surroundings.store().ids().run(), counters, message -> outbound().refused(message));
        this.outbound = new Outbound(surroundings.settings().sessions(), surroundings.rules(), keeper,
                new Pages(surroundings.store().source(), surroundings.store().executor()), counters, drops,
                surroundings.messageEvents(), surroundings.clock(),
                surroundings.nanoTime());
        this.calls = new Calls(surroundings.rules(), surroundings.ids(), outbound,
                new PacketLimit(surroundings.settings().mqtt().packetMaximum()));
        this.answers = new Answers(outbound, surroundings.store().executor());
        this.arrivals = new Arrivals(surroundings, home, counters,
                new RefusalLog<>(LOG, "CONNECT refused", ReasonCode.class, surroundings.clock()::millis));
        this.broadcastTable = new BroadcastTable(surroundings.subscribers());
        this.broadcasts = new Broadcasts(broadcastTable, outbound, counters, loop);
        this.upstream = new UpstreamBursts(surroundings.upstream(), loop);
        this.watch = new WatchBursts(surroundings.watch(), loop);
        this.attachments = new Attachments(surroundings, keeper, outbound, broadcastTable, arrivals,
                new StatusNotices(surroundings, upstream, watch, outbound), counters);
    }

    private Outbound outbound() {
        return outbound;
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

    /** Refuses a channel of a dashboard, counts and logs it. */
    void refuseDashboard(MqttChannel channel, String who, Refusal refusal) {
        arrivals.refuse(channel, Newcomer.dashboard(who), refusal);
    }

    /** A channel whose device is admitted has come home. */
    void arrived(MqttChannel channel, Claim claim, DeviceCredentials credentials) {
        attachments.arrived(channel, claim, credentials);
    }

    /**
     * Closes the connection of a device.
     *
     * @return false when there was none
     */
    boolean kick(DeviceKey device, String why) {
        return attachments.kick(device, why);
    }

    /**
     * A device was deleted: its connection is closed, its session ends.
     *
     * @return false when there was no connection
     */
    boolean deleted(DeviceKey device) {
        return attachments.deleted(device);
    }

    /** The connection of a device, if there is one. */
    Optional<ConnectionInfo> find(DeviceKey device) {
        return attachments.connected(device).map(session -> session.connection().info());
    }

    /** A device is traced, or no more. */
    void traced(DeviceKey device) {
        attachments.traced(device);
    }

    /** Something of a device's session may have expired: it is looked at, and what has is dropped. */
    void refresh(DeviceKey device) {
        lookUp(device, () -> { }, answer -> {
            if (answer instanceof DirectoryAnswer.Found found) {
                attachments.refresh(found.credentials());
            }
        });
    }

    @Override
    public void closed(MqttChannel channel, CloseReason why, List<Delivery> unacknowledged) {
        if (channel.state() instanceof Connection connection) { // else it was never accepted
            attachments.closed(connection, why, unacknowledged);
        }
    }

    // ---- what devices do ----

    @Override
    public Route route(MqttChannel channel, TopicName topic) {
        Session session = session(channel);
        List<TopicClass> classes = session.product().topicClasses(); // before the rates: a change between shows the route to be old
        session.connection().limitPublishes(surroundings.limits().publishes(), surroundings.nanoTime());
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
        boolean up = goesUp(address);
        return PublishRoute.message(session, classes, echo,
                surroundings.functions().of(topic, address).filter(answered -> receives(session, answered.reply())),
                up ? session.product().subscription().groups(UpstreamKind.DATA) : List.of(),
                up && session.product().watched());
    }

    /** Whether business servers may receive it: what topic classes are about, and the thing model's topics. */
    private static boolean goesUp(TopicAddress address) {
        return address.kind() == TopicAddress.Kind.CUSTOM
                || address.kind() == TopicAddress.Kind.SYSTEM && address.rest().startsWith("thing/");
    }

    private boolean receives(Session session, TopicName topic) {
        return session.subscriptions().match(topic)
                && surroundings.rules().receive(session.device(), session.product().topicClasses(), topic);
    }

    @Override
    public void publish(MqttChannel channel, Route route, Publish publish, long token) {
        PublishRoute to = (PublishRoute) route;
        ReasonCode refused = check(to, publish);
        boolean once = publish.qos() == QoS.AT_LEAST_ONCE;
        if (refused != ReasonCode.SUCCESS) {
            if (once) {
                channel.ack(token, refused);
            }
            return;
        }
        long id = to.session().logsMessages() ? log(to, publish) : Outbound.NO_ID;
        if (to.groups().isEmpty()) {
            if (to.watched()) {
                watch.add(message(to, publish, id));
            }
            pass(channel, to, publish, token, id);
        } else if (once) {
            passUp(channel, to, publish, token, id);
        } else {
            UpstreamMessage message = message(to, publish, id);
            if (!upstream.add(message)) {
                outbound.drop(to.session(), publish, DropReason.UPSTREAM_FULL);
            }
            show(to, message);
            answer(to, publish);
            pass(to, publish, id);
        }
    }

    /** Writes a publish into the device log and returns its id there, which its copies for others have, too. */
    private long log(PublishRoute to, Publish publish) {
        long id = surroundings.ids().next();
        surroundings.messageEvents().published(to.session(), publish, id);
        return id;
    }

    private void answer(PublishRoute to, Publish publish) {
        if (to.answered().isPresent()) {
            answers.answer(to.session().connection(), to.answered().get(), publish);
        }
    }

    private void pass(MqttChannel channel, PublishRoute to, Publish publish, long token, long id) {
        answer(to, publish);
        boolean once = publish.qos() == QoS.AT_LEAST_ONCE;
        if (once && to.echo() && to.session().isStored()) {
            outbound.keep(to.session(), publish, id, new DevicePublish(channel, token));
            return;
        }
        SendOutcome outcome = pass(to, publish, id);
        if (once) {
            channel.ack(token, outcome == SendOutcome.DROPPED ? ReasonCode.QUOTA_EXCEEDED : ReasonCode.SUCCESS);
        }
    }

    /** Passes a QoS 1 publish to consumer groups and to the device itself, if it is to receive it, too. */
    private void passUp(MqttChannel channel, PublishRoute to, Publish publish, long token, long id) {
        Settlement ack = new DevicePublish(channel, token);
        Settlement each = to.echo() ? new BothSettled(ack) : ack;
        UpstreamMessage message = message(to, publish, id);
        if (!upstream.add(message, each)) {
            outbound.drop(to.session(), publish, DropReason.UPSTREAM_FULL);
            ack.settle(SendOutcome.UNAVAILABLE);
            return;
        }
        show(to, message);
        answer(to, publish);
        if (to.echo() && to.session().isStored()) {
            outbound.keep(to.session(), publish, id, each);
        } else if (to.echo()) {
            each.settle(pass(to, publish, id));
        }
    }

    private void show(PublishRoute to, UpstreamMessage message) {
        if (to.watched()) {
            watch.add(message);
        }
    }

    /** @param id as in the device log, or {@link Outbound#NO_ID} */
    private UpstreamMessage message(PublishRoute to, Publish publish, long id) {
        return new UpstreamMessage(id == Outbound.NO_ID ? surroundings.ids().next() : id, UpstreamKind.DATA, to.session().device(), to.groups(),
                publish.topic().toString(), publish.qos(), surroundings.clock().millis(), publish.properties(),
                publish.payload().toByteArray());
    }

    private ReasonCode check(PublishRoute route, Publish publish) {
        if (route.limit() != PublishLimit.NONE
                && !route.limit().take(publish.qos(), publish.payload().length(), surroundings.nanoTime().getAsLong())) {
            outbound.drop(route.session(), publish, DropReason.THROTTLED);
            return ReasonCode.QUOTA_EXCEEDED;
        }
        ReasonCode permission = route.permission();
        if (permission != ReasonCode.SUCCESS) {
            outbound.drop(route.session(), publish, permission == ReasonCode.TOPIC_NAME_INVALID
                    ? DropReason.TOPIC_INVALID
                    : DropReason.NOT_AUTHORIZED);
            return permission;
        }
        if (publish.properties() != PublishProperties.NONE) {
            Optional<Refusal> refusal = PropertyLimits.check(publish.properties());
            if (refusal.isPresent()) {
                outbound.drop(route.session(), publish, DropReason.PROPERTIES_INVALID);
                return refusal.get().reason();
            }
        }
        return ReasonCode.SUCCESS;
    }

    /** Passes a publish to the device itself, or to the call that it answers. Nobody else is promised it. */
    private SendOutcome pass(PublishRoute route, Publish publish, long id) {
        Session session = route.session();
        if (route.echo()) {
            return outbound.send(session, publish, id);
        }
        if (route.isReply()
                && !session.connection().calls().reply(route.callId(), publish.topic(), publish.payload())) {
            outbound.drop(session, publish, DropReason.STRAY_REPLY);
        }
        return SendOutcome.SENT;
    }

    /** A QoS 1 publish of a device that waits for those who are promised it. 3.x has no word for a refusal: there it may send it again. */
    private record DevicePublish(MqttChannel channel, long token) implements Settlement {
        @Override
        public void settle(SendOutcome outcome) {
            switch (outcome) {
                case SENT, STORED, TOO_LARGE -> channel.ack(token, ReasonCode.SUCCESS);
                case UNAVAILABLE -> {
                    if (channel.version() == MqttVersion.V5) {
                        channel.ack(token, ReasonCode.QUOTA_EXCEEDED);
                    } else {
                        channel.drop(token);
                    }
                }
                default -> channel.ack(token, ReasonCode.QUOTA_EXCEEDED);
            }
        }
    }

    @Override
    public void acked(MqttChannel channel, Delivery delivery, ReasonCode reason) {
        outbound.acknowledged(session(channel), delivery, reason);
    }

    @Override
    public void writable(MqttChannel channel) {
        outbound.drain(session(channel));
    }

    @Override
    public void subscribe(MqttChannel channel, List<Subscription> subscriptions, Reply suback) {
        Session session = session(channel);
        if (subscriptions.size() > surroundings.settings().subscriptions().packetMaximum()) {
            suback.send(refused(session, subscriptions));
        } else {
            subscribe(session, subscriptions, suback);
        }
    }

    private void subscribe(Session session, List<Subscription> subscriptions, Reply reply) {
        if (!keeper.mayWait(session)) {
            reply.send(refused(session, subscriptions));
            return;
        }
        int before = session.subscriptions().version();
        List<ReasonCode> granted = new ArrayList<>(subscriptions.size());
        for (Subscription subscription : subscriptions) {
            granted.add(subscribe(session, subscription));
        }
        surroundings.messageEvents().subscribed(session, subscriptions, granted);
        whenStored(session, before, () -> reply.send(granted));
    }

    private List<ReasonCode> refused(Session session, List<Subscription> subscriptions) {
        deniedFilters.say(ReasonCode.QUOTA_EXCEEDED, session.device(), subscriptions.size() + " filters at once");
        List<ReasonCode> reasons = Collections.nCopies(subscriptions.size(), ReasonCode.QUOTA_EXCEEDED);
        surroundings.messageEvents().subscribed(session, subscriptions, reasons);
        return reasons;
    }

    private ReasonCode subscribe(Session session, Subscription subscription) {
        ReasonCode permission = surroundings.rules().subscribe(session.device(), session.product().topicClasses(),
                subscription.filter());
        if (!permission.isError() && !add(session, subscription)) {
            permission = ReasonCode.QUOTA_EXCEEDED;
        }
        if (permission.isError()) {
            deniedFilters.say(permission, session.device(), subscription.filter().text());
        }
        return permission;
    }

    private boolean add(Session session, Subscription subscription) {
        if (!broadcastTable.enter(session, subscription.filter())) {
            return false;
        }
        boolean added = session.subscriptions().add(subscription);
        if (!added) {
            broadcastTable.leave(session, subscription.filter());
        }
        return added;
    }

    @Override
    public void unsubscribe(MqttChannel channel, List<TopicFilter> filters, Reply unsuback) {
        Session session = session(channel);
        int most = surroundings.settings().subscriptions().deviceMaximum();
        if (filters.size() > most) {
            channel.close(ReasonCode.QUOTA_EXCEEDED, "UNSUBSCRIBE with more than " + most + " filters");
            return;
        }
        unsubscribe(session, filters, reasons -> answer(channel, reasons, unsuback));
    }

    private void unsubscribe(Session session, List<TopicFilter> filters, Reply reply) {
        if (!keeper.mayWait(session)) {
            List<ReasonCode> refused = Collections.nCopies(filters.size(), ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR);
            surroundings.messageEvents().unsubscribed(session, filters, refused);
            reply.send(refused);
            return;
        }
        int before = session.subscriptions().version();
        List<ReasonCode> removed = new ArrayList<>(filters.size());
        for (TopicFilter filter : filters) {
            broadcastTable.leave(session, filter);
            removed.add(session.subscriptions().remove(filter));
        }
        surroundings.messageEvents().unsubscribed(session, filters, removed);
        whenStored(session, before, () -> reply.send(removed));
    }

    /** 3.x has no word for a refusal in UNSUBACK, which would say that nothing more comes. */
    private static void answer(MqttChannel channel, List<ReasonCode> reasons, Reply unsuback) {
        if (channel.version() == MqttVersion.V5 || !reasons.contains(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR)) {
            unsuback.send(reasons);
        } else {
            channel.close(ReasonCode.SERVER_BUSY, "an UNSUBSCRIBE cannot be carried out");
        }
    }

    /** Goes on when the subscriptions of a session, which may have changed, are those that a crash would leave. */
    private void whenStored(Session session, int versionBefore, Runnable then) {
        if (session.isStored() && session.subscriptions().version() != versionBefore) {
            keeper.save(session, then);
        } else {
            keeper.whenSaved(session, then);
        }
    }

    private static Session session(MqttChannel channel) {
        return ((Connection) channel.state()).session();
    }

    // ---- what the application does ----

    /** Sends a message to a device; the result completes on the loop. */
    void send(DeviceKey device, Message message, long id, CompletableFuture<SendOutcome> result) {
        Optional<Session> connected = attachments.connected(device);
        if (connected.isPresent()) {
            sendTo(connected.get(), message, id, result);
            return;
        }
        lookUp(device, () -> result.complete(SendOutcome.UNAVAILABLE), answer -> {
            if (answer instanceof DirectoryAnswer.Found found) {
                sendTo(found.credentials(), message, id, result);
            } else {
                result.complete(answer instanceof DirectoryAnswer.Unknown
                        ? SendOutcome.UNKNOWN_DEVICE
                        : SendOutcome.UNAVAILABLE);
            }
        });
    }

    private void sendTo(DeviceCredentials device, Message message, long id, CompletableFuture<SendOutcome> result) {
        if (!surroundings.rules().receive(device.key(), device.product().topicClasses(), message.topic())) {
            result.complete(SendOutcome.FORBIDDEN_TOPIC);
        } else {
            attachments.find(device, session -> sendTo(session, message, id, result),
                    () -> result.complete(SendOutcome.UNAVAILABLE));
        }
    }

    private void sendTo(Session session, Message message, long id, CompletableFuture<SendOutcome> result) {
        boolean once = message.qos() == QoS.AT_LEAST_ONCE;
        if (!session.exists() || !session.isConnected() && !(once && session.isStored())) {
            result.complete(SendOutcome.NO_SESSION);
        } else if (!surroundings.rules().receive(session.device(), session.product().topicClasses(), message.topic())) {
            result.complete(SendOutcome.FORBIDDEN_TOPIC);
        } else if (!session.subscriptions().match(message.topic())) {
            result.complete(SendOutcome.NOT_SUBSCRIBED);
        } else if (!outbound.takesIn(session, message.payload().length())) {
            outbound.drop(session, message, DropReason.THROTTLED);
            result.complete(SendOutcome.THROTTLED);
        } else if (once && session.isStored()) {
            outbound.keep(session, message, id, result::complete);
            attachments.added(session);
        } else {
            result.complete(outbound.send(session, message, id));
        }
    }

    /** Sends a broadcast to those devices here whom it concerns; the result completes on the loop with their number. */
    void broadcast(Broadcast broadcast, CompletableFuture<Integer> result) {
        broadcasts.send(broadcast, result);
    }

    /** Calls a device. */
    void call(Calls.Call call) {
        Optional<Session> connected = attachments.connected(call.device());
        if (connected.isPresent()) {
            calls.start(connected.get().connection(), call);
            return;
        }
        lookUp(call.device(), () -> call.failed(CallOutcome.Status.UNAVAILABLE), answer -> attachments
                .connected(call.device()).ifPresentOrElse(session -> calls.start(session.connection(), call),
                        () -> call.failed(absent(call, answer))));
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

    /** Subscribes for a connected device, by the same rules as its own SUBSCRIBE; the result completes on the loop. */
    void subscribe(DeviceKey device, List<TopicFilter> filters, CompletableFuture<SubscriptionResult> result) {
        List<Subscription> subscriptions = filters.stream().map(filter -> new Subscription(filter, false)).toList();
        attachments.connected(device).ifPresentOrElse(
                session -> subscribe(session, subscriptions, reasons -> result.complete(SubscriptionResult.done(filters, reasons))),
                () -> absent(device, result));
    }

    /** Unsubscribes for a connected device; the result completes on the loop. */
    void unsubscribe(DeviceKey device, List<TopicFilter> filters, CompletableFuture<SubscriptionResult> result) {
        attachments.connected(device).ifPresentOrElse(
                session -> unsubscribe(session, filters, reasons -> result.complete(SubscriptionResult.done(filters, reasons))),
                () -> absent(device, result));
    }

    private void absent(DeviceKey device, CompletableFuture<SubscriptionResult> result) {
        lookUp(device, () -> result.complete(SubscriptionResult.failed(Outcome.UNAVAILABLE)), answer -> result.complete(
                SubscriptionResult.failed(answer instanceof DirectoryAnswer.Found ? Outcome.OFFLINE : missing(answer))));
    }

    /** What a device has subscribed to, or was subscribed to, connected or not; the result completes on the loop. */
    void subscriptions(DeviceKey device, CompletableFuture<SubscriptionResult> result) {
        Runnable unavailable = () -> result.complete(SubscriptionResult.failed(Outcome.UNAVAILABLE));
        lookUp(device, unavailable, answer -> {
            if (answer instanceof DirectoryAnswer.Found found) {
                attachments.find(found.credentials(), session -> result.complete(subscriptions(session)), unavailable);
            } else {
                result.complete(SubscriptionResult.failed(missing(answer)));
            }
        });
    }

    private static SubscriptionResult subscriptions(Session session) {
        List<TopicFilter> filters = new ArrayList<>();
        session.subscriptions().forEachFilter(filters::add);
        return SubscriptionResult.done(filters, Collections.nCopies(filters.size(), ReasonCode.GRANTED_QOS_1));
    }

    private static Outcome missing(DirectoryAnswer answer) {
        return answer instanceof DirectoryAnswer.Unknown ? Outcome.UNKNOWN_DEVICE : Outcome.UNAVAILABLE;
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
