package io.thingport.platform.session;

import io.thingport.mqtt.CallOutcome;
import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttHandler;
import io.thingport.mqtt.MqttLoop;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.RefusalLog;
import io.thingport.mqtt.SendOutcome;
import io.thingport.mqtt.TlsFailure;
import io.thingport.mqtt.TopicFilter;
import io.thingport.mqtt.TopicName;
import io.thingport.platform.access.Admission;
import io.thingport.platform.access.TopicAddress;
import io.thingport.platform.access.TopicRules;
import io.thingport.platform.config.Settings;
import io.thingport.platform.dashboard.DashboardChannels;
import io.thingport.platform.dashboard.Dashboards;
import io.thingport.platform.devicelog.DeviceLog;
import io.thingport.platform.devicelog.PresentLevels;
import io.thingport.platform.function.Functions;
import io.thingport.platform.limits.FailedAttempts;
import io.thingport.platform.limits.ServerLimits;
import io.thingport.platform.limits.Turns;
import io.thingport.platform.messaging.BroadcastResult;
import io.thingport.platform.messaging.MessageIds;
import io.thingport.platform.messaging.PubResult;
import io.thingport.platform.messaging.SubscriptionResult;
import io.thingport.platform.registration.Registrar;
import io.thingport.platform.registry.DeviceDirectory;
import io.thingport.platform.registry.DeviceLife;
import io.thingport.platform.registry.DeviceStatusWriter;
import io.thingport.platform.secrets.Secret;
import io.thingport.platform.upstream.DeviceNotices;
import io.thingport.platform.upstream.UpstreamMessage;
import io.thingport.platform.upstream.UpstreamQueue;
import io.thingport.platform.watch.WatchHub;
import jakarta.json.spi.JsonProvider;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * All event loops' sessions, for callers on any thread: what they ask for is posted to the device's home loop and the stage
 * they get completes there. Nothing blocks.
 */
public final class Loops {

    /** The bounds of the time a call may wait for its reply. */
    public static final Duration CALL_MINIMUM = Duration.ofSeconds(1);
    public static final Duration CALL_MAXIMUM = Duration.ofSeconds(8);

    /** Look-ups at the same time for those who fail too often, and how many of one address and in all may wait for one. */
    private static final int LOOK_UPS = 4;
    private static final int LOOK_UPS_WAITING_PER_ADDRESS = 32;
    private static final int LOOK_UPS_WAITING = 1_000;
    private static final System.Logger LOG = System.getLogger(Loops.class.getName());

    private final List<LoopSessions> sessions;
    private final List<MqttHandler> handlers;
    private final Supplier<List<MqttLoop>> loops;
    private final MessageIds ids;
    private final PacketLimit limit;
    private final BroadcastGate broadcasts;
    private final ServerLimits limits;
    private final FailedAttempts failures;
    private final LongSupplier nanoTime;
    private final Map<CallOutcome.Status, LongAdder> calls = new EnumMap<>(CallOutcome.Status.class);
    private final LongAdder tooLarge = new LongAdder();
    private final LongAdder throttled = new LongAdder();
    private final LongAdder busy = new LongAdder();
    private final LongAdder untold = new LongAdder();
    private final RefusalLog<DropReason> drops; // under its own lock
    private final DeviceNotices notices;
    private final UpstreamQueue upstream;
    private final ConnectEvents connectEvents;
    private final MessageEvents messageEvents;

    /**
     * @param store    what outlives connections
     * @param upstream takes what goes to business servers
     * @param watch    takes what somebody watches
     * @param dashboards applications that connect as devices do
     * @param registrar gives devices what they connect with
     * @param levels  how much goes into the log
     * @param nanoTime what rates are counted by
     * @param loops    the adapter's loops, as many as the settings say; empty until it is open
     */
    public Loops(Settings settings, DeviceDirectory directory, DeviceStatusWriter status, MessageIds ids,
            SessionStore store, UpstreamQueue upstream, WatchHub watch, Dashboards dashboards, Registrar registrar, DeviceLog log,
            PresentLevels levels, Clock clock, LongSupplier nanoTime, Supplier<List<MqttLoop>> loops) {
        this.loops = loops;
        this.ids = ids;
        this.upstream = upstream;
        this.notices = new DeviceNotices(settings.upstream().timeZone());
        this.drops = new RefusalLog<>(LOG, "Message dropped", DropReason.class, clock::millis);
        this.limit = new PacketLimit(settings.mqtt().packetMaximum());
        for (CallOutcome.Status outcome : CallOutcome.Status.values()) {
            calls.put(outcome, new LongAdder());
        }
        this.failures = new FailedAttempts(settings.rates().failedConnectsPerAddress());
        TopicRules rules = new TopicRules(settings.topics());
        this.broadcasts = new BroadcastGate(rules, limit, nanoTime);
        this.connectEvents = new ConnectEvents(log, levels, directory, clock, nanoTime);
        this.messageEvents = new MessageEvents(log, levels, clock, nanoTime);
        Surroundings surroundings = new Surroundings(settings, new Admission(settings.keepAlive(), settings.will(), clock),
                rules, directory, status, new BroadcastSubscribers(), new Functions(JsonProvider.provider(), clock), ids,
                store, clock, nanoTime, ServerLimits.of(settings.rates().server(), nanoTime.getAsLong()), failures,
                new Turns<>(LOOK_UPS, LOOK_UPS_WAITING_PER_ADDRESS, LOOK_UPS_WAITING), upstream,
                watch, notices, registrar, connectEvents, messageEvents, levels);
        this.limits = surroundings.limits();
        this.nanoTime = nanoTime;
        List<LoopSessions> each = new ArrayList<>();
        List<MqttHandler> handling = new ArrayList<>();
        for (int i = 0; i < settings.mqtt().loops(); i++) {
            int index = i;
            Supplier<MqttLoop> loop = () -> loops.get().get(index);
            LoopSessions devices = new LoopSessions(surroundings, loop, this::home);
            each.add(devices);
            handling.add(new LoopChannels(devices,
                    new DashboardChannels(dashboards, settings, loop, this::publish, devices::refuseDashboard)));
        }
        this.sessions = List.copyOf(each);
        this.handlers = List.copyOf(handling);
    }

    /** The handler of the loop with this index. */
    public MqttHandler handler(int index) {
        return handlers.get(index);
    }

    /**
     * Publishes a message to the device that owns its topic, at the message's QoS. Whatever becomes of it, the result has
     * an id.
     */
    public CompletionStage<PubResult> publish(Message message) {
        long id = ids.next();
        CompletableFuture<SendOutcome> result = new CompletableFuture<>();
        Optional<DeviceKey> device = TopicAddress.of(message.topic()).filter(address -> address.call().isEmpty())
                .flatMap(TopicAddress::device);
        if (device.isEmpty()) {
            result.complete(SendOutcome.FORBIDDEN_TOPIC);
        } else if (limit.isExceededBy(message.topic(), message.payload().length())) {
            tooLarge.increment();
            result.complete(SendOutcome.TOO_LARGE);
        } else if (!limits.messages().take(1, nanoTime.getAsLong())) {
            throttled.increment();
            result.complete(SendOutcome.THROTTLED);
        } else {
            Message kept = message.keep();
            at(device.get(), home -> home.send(device.get(), kept, id, result), () -> {
                busy.increment();
                result.complete(SendOutcome.UNAVAILABLE);
            });
        }
        return result.thenApply(outcome -> {
            device.ifPresent(to -> messageEvents.pubFailed(to, message, id, outcome));
            return new PubResult(id, outcome);
        });
    }

    /**
     * Calls a device and waits for its reply.
     *
     * @param topic   a topic of the device, for the custom form; empty for the system form
     * @param request not copied
     * @param timeout {@link #CALL_MINIMUM} to {@link #CALL_MAXIMUM}
     * @throws IllegalArgumentException for a timeout outside these bounds
     */
    public CompletionStage<CallOutcome> call(DeviceKey device, Optional<TopicName> topic, byte[] request,
            Duration timeout) {
        if (timeout.compareTo(CALL_MINIMUM) < 0 || timeout.compareTo(CALL_MAXIMUM) > 0) {
            throw new IllegalArgumentException("timeout: " + timeout + " is not in " + CALL_MINIMUM + ".." + CALL_MAXIMUM);
        }
        CompletableFuture<CallOutcome> result = new CompletableFuture<>();
        long began = nanoTime.getAsLong();
        CompletionStage<CallOutcome> counted = result.whenComplete((outcome, e) -> {
            calls.get(outcome.status()).increment();
            messageEvents.called(device, topic, request, outcome, began);
        });
        Calls.Call call = new Calls.Call(device, topic, request, timeout, result);
        if (limits.calls().take(1, began)) {
            at(device, home -> home.call(call), () -> call.failed(CallOutcome.Status.UNAVAILABLE));
        } else {
            call.failed(CallOutcome.Status.THROTTLED);
        }
        return counted;
    }

    /**
     * Sends a message to the connected devices of a product: on a topic to those that have subscribed to it, else to all of
     * them. A loop whose queue is full is left out, which counts.
     *
     * @param payload not copied
     */
    public CompletionStage<BroadcastResult> broadcast(String productKey, Optional<TopicName> topic, byte[] payload) {
        Broadcast broadcast = new Broadcast(ids.next(), productKey, topic, Payload.of(payload));
        if (loops.get().isEmpty()) {
            return CompletableFuture.completedStage(BroadcastResult.refused(BroadcastResult.Outcome.UNAVAILABLE));
        }
        Optional<BroadcastResult> refusal = broadcasts.refusal(broadcast);
        if (refusal.isPresent()) {
            return CompletableFuture.completedStage(refusal.get());
        }
        CompletionStage<Integer> sent = CompletableFuture.completedStage(0);
        for (LoopSessions each : sessions) {
            CompletableFuture<Integer> result = new CompletableFuture<>();
            if (!each.loop().post(() -> each.broadcast(broadcast, result))) {
                busy.increment();
                result.complete(0);
            }
            sent = sent.thenCombine(result, Integer::sum);
        }
        return sent.thenApply(count -> BroadcastResult.sent(broadcast.id(), count));
    }

    /**
     * Subscribes for a connected device, by the same rules and within the same bounds as if it did so itself, but for the
     * number of filters at once.
     */
    public CompletionStage<SubscriptionResult> subscribe(DeviceKey device, List<TopicFilter> filters) {
        return subscriptions(device, (home, result) -> home.subscribe(device, filters, result));
    }

    /** Unsubscribes for a connected device. */
    public CompletionStage<SubscriptionResult> unsubscribe(DeviceKey device, List<TopicFilter> filters) {
        return subscriptions(device, (home, result) -> home.unsubscribe(device, filters, result));
    }

    /** What a device, connected or not, has subscribed to, or was subscribed to. */
    public CompletionStage<SubscriptionResult> subscriptions(DeviceKey device) {
        return subscriptions(device, (home, result) -> home.subscriptions(device, result));
    }

    private CompletionStage<SubscriptionResult> subscriptions(DeviceKey device,
            BiConsumer<LoopSessions, CompletableFuture<SubscriptionResult>> task) {
        CompletableFuture<SubscriptionResult> result = new CompletableFuture<>();
        at(device, home -> task.accept(home, result),
                () -> result.complete(SubscriptionResult.failed(SubscriptionResult.Outcome.UNAVAILABLE)));
        return result;
    }

    /**
     * The live connection of a device. Completes with {@link RejectedExecutionException} when the loop's queue is full or
     * the server not ready.
     */
    public CompletionStage<Optional<ConnectionInfo>> find(DeviceKey device) {
        return ask(device, home -> home.find(device));
    }

    /**
     * Closes the connection of a device, with 0x98 in 5.0; false when there was none. Completes like {@link #find}.
     *
     * @param why for the log and, in 5.0, the device
     */
    public CompletionStage<Boolean> kick(DeviceKey device, String why) {
        return ask(device, home -> home.kick(device, why));
    }

    /** A device was deleted: its connection is closed, its session ends. Completes like {@link #find}. */
    public CompletionStage<Boolean> deleted(DeviceKey device) {
        return ask(device, home -> home.deleted(device));
    }

    /**
     * Something of a device's session may have expired: it is looked at, and what has is dropped. Not done when the loop's
     * queue is full.
     */
    public void refresh(DeviceKey device) {
        at(device, home -> home.refresh(device), () -> { });
    }

    /** A device is traced, or no more; without effect on its session when the loop's queue is full. */
    void traced(DeviceKey device) {
        at(device, home -> home.traced(device), () -> { });
    }

    /** A TLS handshake came to nothing. */
    void handshakeFailed(InetSocketAddress from, TlsFailure why, String detail) {
        connectEvents.handshakeFailed(from, why, detail);
    }

    /** What came is no CONNECT, or one that breaks the protocol. */
    void malformed(InetSocketAddress from, ReasonCode reason, String why) {
        connectEvents.malformed(from, reason, why);
    }

    /** Tells consumer groups what happened to a device as such; lost and counted when too many messages wait already. */
    void tell(DeviceLife life) {
        UpstreamMessage message = notices.lifecycle(ids.next(), life.about(), life.action(),
                life.secret().map(Secret::reveal), life.when());
        if (upstream.reserve(message.weight(), false)) {
            upstream.offer(List.of(message), message.weight(), () -> { });
        } else {
            untold.increment();
            synchronized (drops) {
                drops.say(DropReason.UPSTREAM_FULL, life.about().device(), message.topic());
            }
        }
    }

    private <T> CompletionStage<T> ask(DeviceKey device, Function<LoopSessions, T> question) {
        CompletableFuture<T> result = new CompletableFuture<>();
        at(device, home -> result.complete(question.apply(home)),
                () -> result.completeExceptionally(new RejectedExecutionException("the server is too busy or not ready")));
        return result;
    }

    /** The sum of all loops' counters, a moment late. */
    public PlatformCounters counters() {
        long connected = 0;
        Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
        Map<Promise, Long> promises = new EnumMap<>(Promise.class);
        Map<ReasonCode, Long> refusedConnects = new EnumMap<>(ReasonCode.class);
        for (DropReason reason : DropReason.values()) {
            dropped.put(reason, 0L);
        }
        dropped.put(DropReason.SERVER_BUSY, busy.sum());
        dropped.put(DropReason.TOO_LARGE, tooLarge.sum());
        dropped.put(DropReason.THROTTLED, throttled.sum());
        dropped.put(DropReason.UPSTREAM_FULL, untold.sum());
        for (LoopSessions each : sessions) {
            LoopCounters counters = each.counters();
            connected += counters.connected();
            dropped.replaceAll((reason, sum) -> sum + counters.drops.get(reason));
            for (Promise promise : Promise.values()) {
                promises.merge(promise, counters.promises.get(promise), Long::sum);
            }
            for (ReasonCode reason : ReasonCode.values()) {
                long count = counters.refusedConnects.get(reason);
                if (count > 0) {
                    refusedConnects.merge(reason, count, Long::sum);
                }
            }
        }
        Map<CallOutcome.Status, Long> outcomes = new EnumMap<>(CallOutcome.Status.class);
        calls.forEach((status, count) -> outcomes.put(status, count.sum()));
        return new PlatformCounters(connected, dropped, outcomes, refusedConnects, failures.delayed(),
                failures.unanswered(), promises, connectEvents.leftOut() + messageEvents.leftOut());
    }

    private Optional<LoopSessions> home(DeviceKey device) {
        return loops.get().isEmpty()
                ? Optional.empty()
                : Optional.of(sessions.get(Math.floorMod(device.hashCode(), sessions.size())));
    }

    /** Does something at a device's home loop, or else what is given for the case that it cannot be posted there. */
    private void at(DeviceKey device, Consumer<LoopSessions> task, Runnable refused) {
        Optional<LoopSessions> home = home(device);
        if (home.isEmpty() || !home.get().loop().post(() -> task.accept(home.get()))) {
            refused.run();
        }
    }
}
