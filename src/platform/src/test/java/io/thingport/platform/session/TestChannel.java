package io.thingport.platform.session;

import io.thingport.mqtt.CloseReason;
import io.thingport.mqtt.ConnackOptions;
import io.thingport.mqtt.Connect;
import io.thingport.mqtt.Delivery;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttChannel;
import io.thingport.mqtt.MqttHandler;
import io.thingport.mqtt.MqttLoop;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.Peer;
import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.Route;
import io.thingport.mqtt.SendResult;
import io.thingport.mqtt.Subscription;
import io.thingport.mqtt.TopicFilter;
import io.thingport.mqtt.TopicName;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A connection as the platform sees it, and the device at its other end. Like the adapter it hands a close over as an
 * event of its own and keeps routes while they are current.
 */
final class TestChannel implements MqttChannel {

    /** What the device was sent. */
    record Sent(String topic, QoS qos, String payload, PublishProperties properties, int packetId, boolean dup) {
    }

    /** As many QoS 1 messages may be open towards the device. */
    int window = 100;
    /** The socket takes nothing more. */
    boolean socketFull;
    /** The largest payload the device takes. */
    int payloadMaximum = Integer.MAX_VALUE;
    int silence;
    boolean secure;
    Optional<X509Certificate> certificate = Optional.empty();

    final List<Sent> received = new ArrayList<>();
    final Map<Long, ReasonCode> acks = new HashMap<>();
    final List<Long> dropped = new ArrayList<>();
    Optional<ConnackOptions> connack = Optional.empty();
    Optional<ReasonCode> refused = Optional.empty();
    Optional<ReasonCode> closedWith = Optional.empty();
    boolean failsToClose;

    private final TestServer server;
    private final MqttVersion version;
    private final List<Delivery> unacked = new ArrayList<>();
    final Map<String, Route> routes = new HashMap<>();
    private TestLoop loop;
    private Object state;
    private boolean open = true;
    private boolean closeHandedOver;
    private boolean moving;
    private long tokens;
    private int lastPacketId;

    TestChannel(TestServer server, TestLoop loop, MqttVersion version) {
        this.server = server;
        this.loop = loop;
        this.version = version;
    }

    // ---- the device ----

    void connect(Connect connect) {
        loop.run(() -> handler().connect(this, connect));
    }

    ReasonCode subscribe(String filter) {
        return subscribe(new Subscription(new TopicFilter(filter), false)).get(0);
    }

    ReasonCode subscribeNoLocal(String filter) {
        return subscribe(new Subscription(new TopicFilter(filter), true)).get(0);
    }

    List<ReasonCode> subscribe(Subscription... subscriptions) {
        List<ReasonCode> answer = new ArrayList<>();
        loop.run(() -> handler().subscribe(this, Arrays.asList(subscriptions), answer::addAll));
        server.settle();
        return answer;
    }

    /** Sends SUBSCRIBE; what is returned fills when the answer comes. */
    List<ReasonCode> subscribeLater(String filter) {
        List<ReasonCode> answer = new ArrayList<>();
        loop.run(() -> handler().subscribe(this, List.of(new Subscription(new TopicFilter(filter), false)),
                answer::addAll));
        return answer;
    }

    ReasonCode unsubscribe(String filter) {
        return unsubscribe(List.of(filter)).get(0);
    }

    List<ReasonCode> unsubscribe(List<String> filters) {
        List<ReasonCode> answer = unsubscribeLater(filters);
        server.settle();
        return answer;
    }

    /** Sends UNSUBSCRIBE; what is returned fills when the answer comes. */
    List<ReasonCode> unsubscribeLater(List<String> filters) {
        List<ReasonCode> answer = new ArrayList<>();
        loop.run(() -> handler().unsubscribe(this, filters.stream().map(TopicFilter::new).toList(), answer::addAll));
        return answer;
    }

    void publish0(String topic, String payload) {
        publish(topic, QoS.AT_MOST_ONCE, payload, PublishProperties.NONE);
    }

    /** Publishes at QoS 1 and returns what the PUBACK says. */
    ReasonCode publish1(String topic, String payload) {
        return publish1(topic, payload, PublishProperties.NONE);
    }

    ReasonCode publish1(String topic, String payload, PublishProperties properties) {
        publish(topic, QoS.AT_LEAST_ONCE, payload, properties);
        return acks.get(tokens);
    }

    private void publish(String topic, QoS qos, String payload, PublishProperties properties) {
        TestPublish publish = new TestPublish(TopicName.of(topic), qos, payload, properties);
        tokens++;
        loop.run(() -> handler().publish(this, route(publish.topic()), publish, tokens));
        publish.invalidate();
    }

    private Route route(TopicName topic) {
        Route known = routes.get(topic.toString());
        if (known == null || !known.current()) {
            known = handler().route(this, topic);
            if (known.cacheable()) {
                routes.put(topic.toString(), known);
            }
        }
        return known;
    }

    /** Acknowledges the oldest message that is open. */
    void ackOldest(ReasonCode reason) {
        Delivery delivery = unacked.remove(0);
        loop.run(() -> handler().acked(this, delivery, reason));
    }

    /** Acknowledges what is open, as it comes. */
    void ackAll() {
        while (!unacked.isEmpty()) {
            ackOldest(ReasonCode.SUCCESS);
        }
    }

    /** The socket takes more again. */
    void becomeWritable() {
        socketFull = false;
        loop.run(() -> handler().writable(this));
    }

    /** The device sends DISCONNECT. */
    void disconnect(OptionalLong sessionExpiry) {
        end(new CloseReason(CloseReason.Cause.CLIENT_DISCONNECT, Optional.of(ReasonCode.SUCCESS), "DISCONNECT",
                sessionExpiry));
    }

    /** The socket fails. */
    void lose() {
        end(new CloseReason(CloseReason.Cause.CONNECTION_LOST, Optional.empty(), "lost"));
    }

    List<String> payloads() {
        return received.stream().map(Sent::payload).toList();
    }

    boolean accepted() {
        return connack.isPresent();
    }

    private MqttHandler handler() {
        return server.loops.handler(loop.index());
    }

    private void end(CloseReason why) {
        if (!open) {
            return;
        }
        open = false;
        if (!moving) {
            handOverClose(why);
        }
    }

    private void handOverClose(CloseReason why) {
        closeHandedOver = true;
        loop.later(() -> handler().closed(this, why, List.copyOf(unacked)));
    }

    // ---- MqttChannel ----

    @Override
    public MqttLoop loop() {
        return loop;
    }

    @Override
    public Object state() {
        return state;
    }

    @Override
    public Peer peer() {
        return new Peer(new InetSocketAddress("192.0.2.7", 4711), secure || certificate.isPresent(), certificate,
                Optional.empty());
    }

    @Override
    public MqttVersion version() {
        return version;
    }

    @Override
    public boolean open() {
        return open;
    }

    @Override
    public int silence() {
        return silence;
    }

    @Override
    public void moveTo(MqttLoop home, Runnable then) {
        checkThread();
        if (home == loop) {
            then.run();
            return;
        }
        moving = true;
        ((TestLoop) home).later(() -> {
            moving = false;
            loop = (TestLoop) home;
            then.run();
            if (!open && !closeHandedOver) {
                handOverClose(new CloseReason(CloseReason.Cause.CONNECTION_LOST, Optional.empty(), "lost"));
            }
        });
    }

    @Override
    public void accept(Object state, ConnackOptions options) {
        checkThread();
        if (connack.isPresent() || refused.isPresent()) {
            throw new IllegalStateException("answered already");
        }
        if (open) {
            this.state = state;
            connack = Optional.of(options);
        }
    }

    @Override
    public void refuse(ReasonCode reason, String why) {
        checkThread();
        if (connack.isPresent() || refused.isPresent()) {
            throw new IllegalStateException("answered already");
        }
        refused = Optional.of(reason);
        end(new CloseReason(CloseReason.Cause.SERVER, Optional.of(reason), why));
    }

    @Override
    public void ack(long token, ReasonCode reason) {
        checkThread();
        if (acks.putIfAbsent(token, reason) != null) {
            throw new IllegalStateException("acknowledged already");
        }
    }

    @Override
    public void drop(long token) {
        checkThread();
        dropped.add(token);
    }

    @Override
    public List<Delivery> unacknowledged() {
        return List.copyOf(unacked);
    }

    @Override
    public SendResult send(Message message) {
        return send(message, QoS.AT_MOST_ONCE, 0, false);
    }

    @Override
    public SendResult send(Message message, Delivery delivery) {
        if (open && room() == 0) {
            return SendResult.NO_ROOM;
        }
        if (delivery.packetId() == 0) {
            delivery.assignPacketId(nextPacketId());
        }
        SendResult result = send(message, QoS.AT_LEAST_ONCE, delivery.packetId(), delivery.wasSent());
        if (result == SendResult.SENT) {
            unacked.add(delivery);
            delivery.markSent();
        }
        return result;
    }

    private int nextPacketId() {
        do {
            lastPacketId++;
        } while (unacked.stream().anyMatch(open -> open.packetId() == lastPacketId));
        return lastPacketId;
    }

    private SendResult send(Message message, QoS qos, int packetId, boolean dup) {
        checkThread();
        if (!open) {
            return SendResult.CLOSED;
        }
        if (socketFull) {
            return SendResult.NO_ROOM;
        }
        if (message.payload().length() > payloadMaximum) {
            return SendResult.TOO_LARGE;
        }
        received.add(new Sent(message.topic().toString(), qos,
                new String(message.payload().toByteArray(), StandardCharsets.UTF_8), message.properties(),
                packetId, dup));
        return SendResult.SENT;
    }

    @Override
    public int room() {
        return socketFull ? 0 : Math.max(0, window - unacked.size());
    }

    @Override
    public void close(ReasonCode reason, String why) {
        checkThread();
        if (failsToClose) {
            throw new IllegalStateException("it fails");
        }
        if (open) {
            closedWith = Optional.of(reason);
            end(new CloseReason(CloseReason.Cause.SERVER, Optional.of(reason), why));
        }
    }

    private void checkThread() {
        if (!loop.inLoop()) {
            throw new IllegalStateException("not on the channel's loop");
        }
    }
}
