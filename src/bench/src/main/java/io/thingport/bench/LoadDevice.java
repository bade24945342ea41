package io.thingport.bench;

import io.netty.channel.EventLoop;
import io.thingport.bench.Ledger.Entry;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * A device with a persistent session that publishes to itself and is sent messages by Pub, and that keeps account of both. It
 * acknowledges at once, slowly, or not for a while; it goes and comes back, sometimes with a clean start, as {@link Mood}
 * allows. All on its event loop's thread.
 */
final class LoadDevice implements LinkEvents {

    static final int TICK_MILLIS = 25;
    static final String OWN = "own";
    private static final String PUB = "pub";
    private static final String FLEETING = "fleeting";
    private static final int WINDOW = 10;
    private static final int BACKLOG_MAXIMUM = 300; // far below what a session holds
    private static final int PACKET_IDS = 60_000;

    private final EventLoop loop;
    private final ServerProcess server;
    private final Fleet.Device device;
    private final boolean v5;
    private final RandomGenerator random;
    private final Findings findings;
    private final Mood mood;
    private final Ledger own;
    private final Ledger pub;
    private final byte[] fleeting; // of QoS 0, always the same
    private final Map<Integer, Entry> unacknowledged = new HashMap<>();
    private final Deque<Reception> toAcknowledge = new ArrayDeque<>();

    private Optional<MqttLink> link = Optional.empty();
    private boolean online; // CONNACK has come
    private boolean live; // and the subscription stands
    private boolean subscribed; // the stored session has the subscriptions, for sure
    private int sessions; // rises when a session ends or begins
    private boolean cleanConnect; // the connection under way forgives the backlog
    private long connectAt;
    private long leaveAt;
    private long acknowledgeDelay;
    private long nextAcknowledgeMood;
    private long nextPub;
    private boolean pubUnderWay;
    private int packetId;

    /** What the devices may do at present; changed and read on the loop's thread. */
    static final class Mood {
        boolean publish = true;
        boolean publishQos0;
        boolean wander = true;
        boolean slowAcknowledgements = true;
        boolean stayAway;
        Optional<RestApi> rest = Optional.empty();
        Optional<GroupLedger> groups = Optional.empty(); // where what the device publishes has to come as well
    }

    private record Reception(int packetId, Ledger ledger, Entry entry, long due) {
    }

    LoadDevice(EventLoop loop, ServerProcess server, Fleet.Device device, boolean v5, RandomGenerator random, Mood mood,
            Findings findings) {
        this.loop = loop;
        this.server = server;
        this.device = device;
        this.v5 = v5;
        this.random = random;
        this.mood = mood;
        this.findings = findings;
        this.own = new Ledger(device.name(), OWN, findings);
        this.pub = new Ledger(device.name(), PUB, findings);
        Ledger unkept = new Ledger(device.name(), FLEETING, findings);
        this.fleeting = bytes(unkept.payload(unkept.next()));
        loop.scheduleAtFixedRate(this::tick, random.nextInt(TICK_MILLIS), TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    boolean isLive() {
        return live;
    }

    /** Publishes that wait for the server's acknowledgement. */
    int inFlight() {
        return unacknowledged.size();
    }

    int backlog() {
        return own.backlog() + pub.backlog() + toAcknowledge.size();
    }

    /** Ends its connection and comes back within so many milliseconds. */
    void leave(int comeBackMillis, boolean politely) {
        connectAt = System.nanoTime() + millis(random.nextInt(comeBackMillis + 1));
        link.ifPresent(open -> {
            if (politely && online) {
                open.disconnect();
            } else {
                open.drop();
            }
        });
    }

    /** Reports what is missing. */
    void close() {
        own.close();
        pub.close();
    }

    private void tick() {
        long now = System.nanoTime();
        if (link.isEmpty()) {
            if (!mood.stayAway && now >= connectAt) {
                connect();
            }
        } else if (live) {
            acknowledgeDue(now);
            publish();
            if (mood.wander && now >= leaveAt) {
                leave(mood.stayAway ? 0 : 2000, random.nextBoolean());
            }
        }
        callPub(now);
    }

    private void connect() {
        if (!cleanConnect) {
            cleanConnect = mood.wander && random.nextInt(20) == 0;
        }
        if (cleanConnect) {
            subscribed = false;
            forgive();
        }
        own.connected();
        pub.connected();
        link = Optional.of(MqttLink.open(loop, server.mqttPort(), device.login(), v5, cleanConnect, this));
    }

    @Override
    public void accepted(MqttLink from, boolean sessionPresent) {
        findings.connects++;
        online = true;
        if (subscribed && !sessionPresent) {
            findings.sessionMissing(device.name());
            subscribed = false;
        }
        if (cleanConnect && !v5) { // its session would end with the connection: this one was for forgetting alone
            cleanConnect = false;
            leave(0, true);
            return;
        }
        cleanConnect = false;
        leaveAt = System.nanoTime() + millis(1000 + random.nextInt(8000));
        if (subscribed) {
            live = true;
        } else {
            from.subscribe(nextPacketId(), List.of(device.topic("user/echo"), device.topic("user/get")));
        }
    }

    @Override
    public void refused(MqttLink from, int code) {
        findings.refusedConnects++;
    }

    @Override
    public void subscribed(MqttLink from, boolean granted) {
        if (!granted) {
            findings.damaged(device.name() + ": SUBACK refuses");
        }
        forgive(); // what was sent while nobody knew whether there was a subscription
        subscribed = true;
        live = true;
    }

    private void forgive() {
        sessions++;
        own.forgive();
        pub.forgive();
    }

    @Override
    public void received(MqttLink from, int id, boolean dup, byte[] payload) {
        Optional<Ledger.Label> label = Ledger.read(device.name(), payload);
        if (label.isEmpty()) {
            findings.damaged(device.name() + ": " + new String(payload, StandardCharsets.ISO_8859_1));
            return;
        }
        if (label.get().sender().equals(FLEETING)) {
            findings.qos0Received++;
            return;
        }
        Ledger ledger = label.get().sender().equals(OWN) ? own : pub;
        ledger.received(label.get().counter(), dup)
                .ifPresent(entry -> toAcknowledge.add(new Reception(id, ledger, entry, System.nanoTime() + acknowledgeDelay)));
        acknowledgeDue(System.nanoTime());
    }

    /** In the order of arrival, as a client has to. */
    private void acknowledgeDue(long now) {
        if (now >= nextAcknowledgeMood) {
            nextAcknowledgeMood = now + millis(1000 + random.nextInt(3000));
            acknowledgeDelay = switch (random.nextInt(4)) {
                case 0 -> millis(random.nextInt(400));
                case 1 -> millis(1000 + random.nextInt(2000));
                default -> 0;
            };
        }
        while (!toAcknowledge.isEmpty() && (!mood.slowAcknowledgements || now >= toAcknowledge.peek().due())) {
            Reception next = toAcknowledge.remove();
            next.ledger().acknowledged(next.entry(), now);
            link.ifPresent(open -> open.acknowledge(next.packetId()));
        }
    }

    private void publish() {
        if (mood.publishQos0) {
            link.ifPresent(open -> open.publish(0, false, device.topic("user/echo"), fleeting));
        }
        if (mood.publish && unacknowledged.size() < WINDOW && own.backlog() < BACKLOG_MAXIMUM) {
            Entry entry = own.next();
            int id = nextPacketId();
            unacknowledged.put(id, entry);
            findings.published++;
            link.ifPresent(open -> open.publish(id, false, device.topic("user/echo"), bytes(own.payload(entry))));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void acknowledged(MqttLink from, int id, int reason) {
        Entry entry = unacknowledged.remove(id);
        if (entry == null) {
            findings.damaged(device.name() + ": PUBACK for packet id " + id + ", which is not in use");
        } else if (reason == 0) {
            own.promised(entry);
            mood.groups.ifPresent(groups -> groups.promised(device.name(), entry.counter()));
        }
    }

    @Override
    public void closed(MqttLink from) {
        long now = System.nanoTime();
        own.broken(now);
        pub.broken(now);
        unacknowledged.clear(); // whether those were taken, nobody knows
        toAcknowledge.clear();
        link = Optional.empty();
        online = false;
        live = false;
        connectAt = Math.max(connectAt, now + millis(50 + random.nextInt(200)));
    }

    private void callPub(long now) {
        if (mood.rest.isEmpty() || !mood.publish || pubUnderWay || now < nextPub || pub.backlog() >= BACKLOG_MAXIMUM) {
            return;
        }
        nextPub = now + millis(50 + random.nextInt(250));
        pubUnderWay = true;
        findings.pubs++;
        Entry entry = pub.next();
        int session = subscribed ? sessions : -1;
        mood.rest.get().pub(device.productKey(), device.name(), "user/get", pub.payload(entry))
                .whenComplete((answer, failure) -> loop.execute(() -> {
                    pubUnderWay = false;
                    if (failure != null) {
                        nextPub = System.nanoTime() + millis(1000);
                        findings.pubsWithoutAnswer++;
                    } else {
                        pubAnswered(entry, answer, session);
                    }
                }));
    }

    private void pubAnswered(Entry entry, HttpResponse<String> answer, int session) {
        if (answer.statusCode() != 200) {
            findings.pubsRefused++;
            return;
        }
        switch (RestApi.json(answer).getString("outcome")) {
            case "sent", "stored" -> pub.promised(entry);
            default -> {
                if (session == sessions) {
                    findings.sessionMissing(device.name() + ": " + answer.body());
                }
            }
        }
    }

    private int nextPacketId() {
        do {
            packetId = packetId % PACKET_IDS + 1;
        } while (unacknowledged.containsKey(packetId));
        return packetId;
    }

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
