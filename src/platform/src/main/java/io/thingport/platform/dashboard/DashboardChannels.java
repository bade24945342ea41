package io.thingport.platform.dashboard;

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
import io.thingport.platform.access.PropertyLimits;
import io.thingport.platform.access.Refusal;
import io.thingport.platform.access.TopicAddress;
import io.thingport.platform.access.TopicRules;
import io.thingport.platform.config.Settings;
import io.thingport.platform.messaging.PubResult;
import io.thingport.platform.watch.TooManyWatchersException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The dashboards of one loop: how they come in, what they watch and publish, and what ends them. Owned by the loop's
 * thread.
 */
public final class DashboardChannels implements MqttHandler {

    /** The user name that says that a token is the password. No device has it. */
    public static final String USER_NAME = "token";
    /** Publishes of one dashboard whose outcome is not known yet. */
    static final int PUBLISHES_MAXIMUM = 100;
    /** How long a dashboard may take nothing. */
    static final Duration STALL_MAXIMUM = Duration.ofSeconds(30);

    private static final System.Logger LOG = System.getLogger(DashboardChannels.class.getName());

    private final Dashboards dashboards;
    private final Settings settings;
    private final Supplier<MqttLoop> loop;
    private final Function<Message, CompletionStage<PubResult>> publisher;
    private final ConnectRefusal refusal;
    private final DashboardAdmission admission;
    private final Feeds feeds;
    private final Set<Dashboard> here = new LinkedHashSet<>(); // from CONNECT on; bounded by Dashboards
    private final Queue<Runnable> late = new ConcurrentLinkedQueue<>(); // what the loop's full queue did not take; one of each cause
    private final RefusalLog<ReasonCode> log;
    private boolean ticking;

    /** Refuses a channel, counts and logs it. */
    @FunctionalInterface
    public interface ConnectRefusal {
        /** @param who names the client in the log */
        void refuse(MqttChannel channel, String who, Refusal refusal);
    }

    /**
     * @param loop      the loop, once loops are there
     * @param publisher publishes to devices, as any caller of the API does; completes on any loop
     */
    public DashboardChannels(Dashboards dashboards, Settings settings, Supplier<MqttLoop> loop,
            Function<Message, CompletionStage<PubResult>> publisher, ConnectRefusal refusal) {
        this.dashboards = dashboards;
        this.settings = settings;
        this.loop = loop;
        this.publisher = publisher;
        this.refusal = refusal;
        this.admission = new DashboardAdmission(settings, dashboards.tokens(), dashboards.clock());
        this.feeds = new Feeds(dashboards.hub(), loop, this::post, this::show,
                dashboard -> close(dashboard, ReasonCode.ADMINISTRATIVE_ACTION, "a watched product was deleted"));
        this.log = new RefusalLog<>(LOG, "Dashboard", ReasonCode.class, dashboards.clock()::millis);
    }

    /** Whether a CONNECT is one of a dashboard. */
    public static boolean isDashboard(Connect connect) {
        return connect.userName().equals(Optional.of(USER_NAME));
    }

    /** Whether an accepted channel is one of a dashboard. */
    public static boolean isDashboard(MqttChannel channel) {
        return channel.state() instanceof Dashboard;
    }

    // ---- coming ----

    @Override
    public void connect(MqttChannel channel, Connect connect) {
        DashboardAdmission.Verdict verdict = admission.examine(connect, channel.peer());
        if (verdict.refusal().isPresent()) {
            refusal.refuse(channel, "dashboard " + connect.clientId(), verdict.refusal().get());
            return;
        }
        Dashboard dashboard = new Dashboard(channel, verdict.token().orElseThrow(), connect.clientId());
        Optional<String> full = dashboards.enter(dashboard);
        if (full.isPresent()) {
            refusal.refuse(channel, dashboard.toString(), new Refusal(ReasonCode.QUOTA_EXCEEDED, full.get()));
            return;
        }
        here.add(dashboard);
        tickFromNowOn();
        if (dashboard.isRevoked() || dashboards.key(dashboard).filter(dashboard.token()::isCoveredBy).isEmpty()) {
            leave(dashboard);
            refusal.refuse(channel, dashboard.toString(),
                    new Refusal(ReasonCode.NOT_AUTHORIZED, "the access key of the token is not valid any more"));
        } else {
            channel.accept(dashboard, connack(connect));
            LOG.log(System.Logger.Level.DEBUG, () -> dashboard + " connected from " + channel.peer().address());
        }
    }

    private static ConnackOptions connack(Connect connect) {
        boolean v5 = connect.version() == MqttVersion.V5;
        return new ConnackOptions(false, connect.keepAlive(),
                v5 && connect.sessionExpiry().orElse(0) > 0 ? OptionalLong.of(0) : OptionalLong.empty(),
                v5 && connect.clientId().isEmpty() ? Optional.of("dashboard") : Optional.empty());
    }

    // ---- going ----

    @Override
    public void closed(MqttChannel channel, CloseReason why, List<Delivery> unacked) {
        leave(dashboard(channel));
    }

    private void leave(Dashboard dashboard) {
        here.remove(dashboard);
        dashboards.leave(dashboard);
        List<WatchedTopics> watched = new ArrayList<>(dashboard.filters().values());
        dashboard.filters().clear();
        watched.forEach(topics -> feeds.remove(dashboard, topics));
    }

    /** The rest follows when the close is handed over. */
    private void close(Dashboard dashboard, ReasonCode reason, String why) {
        if (dashboard.channel().open()) {
            log.say(reason, dashboard, "closed: " + why);
            dashboard.channel().close(reason, why);
        }
    }

    private void tickFromNowOn() {
        if (!ticking) {
            ticking = true;
            loop.get().schedule(1, TimeUnit.SECONDS, this::tick);
        }
    }

    /** Looks once a second, while there is a dashboard, whose time is over. Whatever fails here, it looks again. */
    private void tick() {
        ticking = false;
        if (!here.isEmpty()) {
            tickFromNowOn();
        }
        for (Runnable task = late.poll(); task != null; task = late.poll()) {
            task.run();
        }
        Instant now = now();
        List.copyOf(here).forEach(dashboard -> check(dashboard, now));
    }

    private void check(Dashboard dashboard, Instant now) {
        if (dashboard.isRevoked()) {
            close(dashboard, ReasonCode.NOT_AUTHORIZED, "the access key of the token is not valid any more");
        } else if (!now.isBefore(dashboard.token().expiresAt())) {
            close(dashboard, ReasonCode.MAXIMUM_CONNECT_TIME, "the token has expired");
        } else if (dashboard.stalledSince().filter(since -> !now.isBefore(since.plus(STALL_MAXIMUM))).isPresent()) {
            dashboards.stalled.increment();
            close(dashboard, ReasonCode.QUOTA_EXCEEDED, "it took nothing for " + STALL_MAXIMUM.toSeconds() + " seconds");
        }
    }

    // ---- watching ----

    @Override
    public void subscribe(MqttChannel channel, List<Subscription> subscriptions, Reply suback) {
        Dashboard dashboard = dashboard(channel);
        if (subscriptions.size() > settings.subscriptions().packetMaximum()) {
            log.say(ReasonCode.QUOTA_EXCEEDED, dashboard, "subscribes " + subscriptions.size() + " filters at once");
            suback.send(Collections.nCopies(subscriptions.size(), ReasonCode.QUOTA_EXCEEDED));
            return;
        }
        suback.send(subscriptions.stream().map(subscription -> subscribe(dashboard, subscription.filter())).toList());
    }

    /** 0x00: at QoS 0, at which dashboards are shown everything. */
    private ReasonCode subscribe(Dashboard dashboard, TopicFilter filter) {
        if (dashboard.filters().containsKey(filter)) {
            return ReasonCode.SUCCESS;
        }
        ReasonCode permission = permission(dashboard, filter);
        if (!permission.isError()) {
            WatchedTopics topics = WatchedTopics.of(filter).orElseThrow();
            dashboard.filters().put(filter, topics);
            try {
                feeds.add(dashboard, topics);
            } catch (TooManyWatchersException e) {
                dashboard.filters().remove(filter);
                permission = ReasonCode.QUOTA_EXCEEDED;
            }
        }
        if (permission.isError()) {
            log.say(permission, dashboard, "may not subscribe " + filter);
        }
        return permission;
    }

    private ReasonCode permission(Dashboard dashboard, TopicFilter filter) {
        if (filter.problem().isPresent()
                || filter.text().getBytes(StandardCharsets.UTF_8).length > TopicRules.SYSTEM_LENGTH_MAXIMUM) {
            return ReasonCode.TOPIC_FILTER_INVALID;
        }
        if (filter.text().startsWith("$share/")) {
            return ReasonCode.SHARED_SUBSCRIPTIONS_NOT_SUPPORTED;
        }
        if (WatchedTopics.of(filter).filter(topics -> dashboard.token().permits(topics.right(), topics.productKey()))
                .isEmpty()) {
            return ReasonCode.NOT_AUTHORIZED;
        }
        return dashboard.filters().size() < settings.subscriptions().deviceMaximum()
                ? ReasonCode.SUCCESS
                : ReasonCode.QUOTA_EXCEEDED;
    }

    @Override
    public void unsubscribe(MqttChannel channel, List<TopicFilter> filters, Reply unsuback) {
        int most = settings.subscriptions().deviceMaximum();
        if (filters.size() > most) {
            channel.close(ReasonCode.QUOTA_EXCEEDED, "UNSUBSCRIBE with more than " + most + " filters");
            return;
        }
        unsuback.send(filters.stream().map(filter -> unsubscribe(dashboard(channel), filter)).toList());
    }

    private ReasonCode unsubscribe(Dashboard dashboard, TopicFilter filter) {
        Optional<WatchedTopics> topics = Optional.ofNullable(dashboard.filters().remove(filter));
        topics.ifPresent(watched -> feeds.remove(dashboard, watched));
        return topics.isPresent() ? ReasonCode.SUCCESS : ReasonCode.NO_SUBSCRIPTION_EXISTED;
    }

    private void show(Dashboard dashboard, Message message) {
        switch (dashboard.channel().send(message)) {
            case SENT -> dashboards.shown.increment();
            case NO_ROOM -> {
                dashboards.dropped.increment();
                dashboard.stalled(now());
            }
            case TOO_LARGE -> dashboards.dropped.increment();
            case CLOSED -> { }
        }
    }

    @Override
    public void writable(MqttChannel channel) {
        dashboard(channel).takesMore();
    }

    // ---- publishing ----

    @Override
    public Route route(MqttChannel channel, TopicName topic) {
        DashboardToken token = dashboard(channel).token();
        boolean permitted = TopicAddress.of(topic)
                .filter(address -> address.kind() == TopicAddress.Kind.CUSTOM && address.call().isEmpty())
                .flatMap(TopicAddress::device).map(DeviceKey::productKey)
                .filter(productKey -> token.permits(Right.PUBLISH, productKey)).isPresent();
        return new DashboardRoute(permitted ? ReasonCode.SUCCESS : ReasonCode.NOT_AUTHORIZED);
    }

    @Override
    public void publish(MqttChannel channel, Route route, Publish publish, long token) {
        Dashboard dashboard = dashboard(channel);
        boolean once = publish.qos() == QoS.AT_LEAST_ONCE;
        Optional<ReasonCode> refused = refused(dashboard, (DashboardRoute) route, publish);
        if (refused.isPresent()) {
            refusedPublish(dashboard, publish.topic(), refused.get());
            if (once) {
                channel.ack(token, refused.get());
            }
            return;
        }
        TopicName topic = publish.topic();
        dashboard.publishesUnderWay(dashboard.publishesUnderWay() + 1);
        publisher.apply(publish).whenComplete((result, failure) -> {
            SendOutcome outcome = failure == null ? result.outcome() : SendOutcome.UNAVAILABLE;
            if (dashboard.loop().inLoop()) {
                published(dashboard, topic, outcome, once, token);
            } else {
                post(() -> published(dashboard, topic, outcome, once, token));
            }
        });
    }

    private static Optional<ReasonCode> refused(Dashboard dashboard, DashboardRoute route, Publish publish) {
        if (route.permission().isError()) {
            return Optional.of(route.permission());
        }
        if (dashboard.publishesUnderWay() >= PUBLISHES_MAXIMUM) {
            return Optional.of(ReasonCode.QUOTA_EXCEEDED);
        }
        return publish.properties() == PublishProperties.NONE
                ? Optional.empty()
                : PropertyLimits.check(publish.properties()).map(Refusal::reason);
    }

    /** 3.x has no word for a refusal: what the server cannot do now is not acknowledged there and may be sent again. */
    private void published(Dashboard dashboard, TopicName topic, SendOutcome outcome, boolean once, long token) {
        dashboard.publishesUnderWay(dashboard.publishesUnderWay() - 1);
        ReasonCode reason = reason(outcome);
        if (reason.isError()) {
            refusedPublish(dashboard, topic, reason);
        }
        if (once && outcome == SendOutcome.UNAVAILABLE && dashboard.channel().version() != MqttVersion.V5) {
            dashboard.channel().drop(token);
        } else if (once) {
            dashboard.channel().ack(token, reason);
        }
    }

    /** What PUBACK says, of what it may say [MQTT 5, 3.4.2.1]. */
    private static ReasonCode reason(SendOutcome outcome) {
        return switch (outcome) {
            case SENT, STORED -> ReasonCode.SUCCESS;
            case NO_SESSION, NOT_SUBSCRIBED -> ReasonCode.NO_MATCHING_SUBSCRIBERS;
            case FORBIDDEN_TOPIC -> ReasonCode.NOT_AUTHORIZED;
            case UNKNOWN_DEVICE -> ReasonCode.TOPIC_NAME_INVALID;
            case DROPPED, THROTTLED -> ReasonCode.QUOTA_EXCEEDED;
            case TOO_LARGE -> ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR;
            case UNAVAILABLE -> ReasonCode.UNSPECIFIED_ERROR;
        };
    }

    private void refusedPublish(Dashboard dashboard, TopicName topic, ReasonCode reason) {
        dashboards.refusedPublishes.increment();
        log.say(reason, dashboard, "publish to " + topic + " refused");
    }

    /** Nothing is sent to dashboards at QoS 1. */
    @Override
    public void acked(MqttChannel channel, Delivery delivery, ReasonCode reason) {
        throw new IllegalStateException("no delivery of a dashboard");
    }

    // ---- the loop ----

    /** Brings a task to the loop, at the latest with its next tick. From any thread. */
    private void post(Runnable task) {
        if (!loop.get().post(task)) {
            late.add(task);
        }
    }

    private Instant now() {
        return dashboards.clock().instant();
    }

    private static Dashboard dashboard(MqttChannel channel) {
        return (Dashboard) channel.state();
    }
}
