package io.thingport.platform.session;

import io.thingport.mqtt.Delivery;
import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.MqttLoop;
import io.thingport.platform.config.Settings;
import io.thingport.platform.devicelog.LogLevel;
import io.thingport.platform.devicelog.PresentLevels;
import io.thingport.platform.devicelog.ProductLevel;
import io.thingport.platform.devicelog.Trace;
import io.thingport.platform.limits.DeviceRates;
import io.thingport.platform.limits.DownLimit;
import io.thingport.platform.registry.ProductAccess;
import io.thingport.platform.store.SessionState;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What a device has: subscriptions and the QoS 1 messages that wait for it. A clean session ends with its connection; a
 * stored one outlives it, and the process. A session that has ended, or that a device without one is known by, does not
 * exist. Owned by the device's home loop.
 */
final class Session {

    private static final int LOGGED_IDS_MAXIMUM = 1_000;

    private final DeviceKey device;
    private final ProductAccess product;
    private final long deviceId;
    private final long id;
    private final SessionKeeper keeper;
    private final Subscriptions subscriptions;
    private final Backlog backlog;
    private boolean exists;
    private boolean announced;
    private Connection connection; // null while its device is away
    private Arrival arrival; // null unless a connection waits for what is stored
    private long expirySeconds;
    private long expiresMillis = SessionState.NEVER;
    private long savedExpirySeconds;
    private long savedExpiresMillis;
    private long savedRun;
    private boolean toBeSaved;
    private long lastNumber;
    private long sentThrough;
    private long markedThrough;
    private int unsettledChanges;
    private boolean reading;
    private int countedMessages;
    private DownLimit downLimit = DownLimit.NONE;
    private final ProductLevel productLevel;
    private Trace trace; // null unless its device is traced
    private Map<Delivery, Long> loggedIds = Map.of(); // of messages under way; a real one comes with the first that is logged

    private Session(DeviceKey device, ProductAccess product, long deviceId, long id, boolean exists, Settings settings,
            SessionKeeper keeper, PresentLevels levels) {
        this.device = device;
        this.product = product;
        this.deviceId = deviceId;
        this.id = id;
        this.exists = exists;
        this.keeper = keeper;
        this.subscriptions = new Subscriptions(device, settings.subscriptions().deviceMaximum());
        this.backlog = new Backlog(settings.sessions());
        this.productLevel = levels.product(product.productKey());
        trace(levels.trace(device));
    }

    /** One that ends with its connection. */
    static Session clean(DeviceKey device, ProductAccess product, long deviceId, Settings settings, SessionKeeper keeper,
            PresentLevels levels) {
        return new Session(device, product, deviceId, 0, true, settings, keeper, levels);
    }

    /** One that is in the store, or on its way there. */
    static Session stored(DeviceKey device, ProductAccess product, long deviceId, long id, Settings settings,
            SessionKeeper keeper, PresentLevels levels) {
        return new Session(device, product, deviceId, id, true, settings, keeper, levels);
    }

    /** What a device without a session is known by. */
    static Session none(DeviceKey device, ProductAccess product, long deviceId, Settings settings, SessionKeeper keeper,
            PresentLevels levels) {
        return new Session(device, product, deviceId, 0, false, settings, keeper, levels);
    }

    DeviceKey device() {
        return device;
    }

    ProductAccess product() {
        return product;
    }

    long deviceId() {
        return deviceId;
    }

    /** 0 of one that is not stored. */
    long id() {
        return id;
    }

    boolean isStored() {
        return id != 0;
    }

    boolean exists() {
        return exists;
    }

    /** It has ended. */
    void end() {
        exists = false;
    }

    /** Whether its device knows of it: a CONNACK has said so, in this process or an earlier one. */
    boolean isAnnounced() {
        return announced;
    }

    void announced() {
        announced = true;
    }

    SessionKeeper keeper() {
        return keeper;
    }

    MqttLoop home() {
        return keeper.loop();
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    Backlog backlog() {
        return backlog;
    }

    // ---- its connection ----

    boolean isConnected() {
        return connection != null;
    }

    /** The live connection. Only while {@link #isConnected()}. */
    Connection connection() {
        return connection;
    }

    void connection(Connection live) {
        connection = live;
    }

    /** The session is away. */
    void disconnected() {
        connection = null;
    }

    /** Whether a connection waits to be accepted. */
    boolean isAwaited() {
        return arrival != null;
    }

    /** The connection that waits. Only while {@link #isAwaited()}. */
    Arrival arrival() {
        return arrival;
    }

    void await(Arrival next) {
        arrival = next;
    }

    void noLongerAwaited() {
        arrival = null;
    }

    // ---- what is stored of it ----

    /** Seconds it outlives its connection. */
    long expirySeconds() {
        return expirySeconds;
    }

    long expiresMillis() {
        return expiresMillis;
    }

    /**
     * @param seconds it outlives its connection
     * @param millis  as in {@link SessionState#expiresMillis}
     */
    void expires(long seconds, long millis) {
        expirySeconds = seconds;
        expiresMillis = millis;
    }

    /** When it expires is stored as it is now, by this run of the server. */
    void saved(long run) {
        savedExpirySeconds = expirySeconds;
        savedExpiresMillis = expiresMillis;
        savedRun = run;
    }

    /** Whether what is stored of its expiry is old: it says something else, or that the device of an earlier run is connected. */
    boolean isExpiryUnsaved(long run) {
        return isStored() && (savedExpirySeconds != expirySeconds || savedExpiresMillis != expiresMillis
                || expiresMillis == SessionState.CONNECTED && savedRun != run);
    }

    /** Whether it will be saved in a while; until then it stays in memory. */
    void toBeSaved(boolean soon) {
        toBeSaved = soon;
    }

    boolean hasExpired(long nowMillis) {
        return exists && expiresMillis <= nowMillis;
    }

    long nextNumber() {
        return ++lastNumber;
    }

    /** Messages up to this number are known to the store. */
    void numbered(long number) {
        lastNumber = Math.max(lastNumber, number);
    }

    /** Messages up to this number are marked in the store as possibly sent. */
    long sentThrough() {
        return sentThrough;
    }

    void sentThrough(long number) {
        sentThrough = Math.max(sentThrough, number);
        markSent(number);
        numbered(number);
    }

    /** From now on what is stored says that messages up to this number may have been sent. */
    void markSent(long number) {
        markedThrough = Math.max(markedThrough, number);
    }

    /** What is to be stored of it. */
    SessionState state(long run) {
        saved(run);
        return new SessionState(deviceId, id, expirySeconds, expiresMillis, run, markedThrough, subscriptions.state());
    }

    /** Something is to be written. */
    void changePending() {
        unsettledChanges++;
    }

    /** It was written, refused or taken back. */
    void changeSettled() {
        unsettledChanges--;
    }

    /** Whether the database does not know everything yet: then what is read there would be old. */
    boolean hasUnsettledChanges() {
        return unsettledChanges > 0 || toBeSaved;
    }

    /** Whether a page of its messages is being read or a mark being written; draining goes on after it. */
    boolean isReading() {
        return reading;
    }

    void reading(boolean now) {
        reading = now;
    }

    /** Counts what is sent to its device, by the present rates of the product. */
    DownLimit downLimit(LongSupplier nanoTime) {
        DeviceRates present = product.rates();
        if (!present.equals(downLimit.rates())) {
            downLimit = DownLimit.of(present, nanoTime.getAsLong());
        }
        return downLimit;
    }

    // ---- the device log ----

    /** From now on this trace holds, if there is one. */
    void trace(Optional<Trace> present) {
        trace = present.orElse(null);
    }

    /** How much goes into the log of its device. */
    LogLevel logLevel(long nowMillis) {
        endTrace(nowMillis);
        return trace != null ? trace.level() : productLevel.level();
    }

    /** Whether each message goes into it; a trace that is over may still say so, until the next look at {@link #logLevel}. */
    boolean logsMessages() {
        return (trace != null ? trace.level() : productLevel.level()) == LogLevel.MESSAGES;
    }

    /** Whether payloads go with them. */
    boolean logsPayloads(long nowMillis) {
        endTrace(nowMillis);
        return trace != null && trace.payloads();
    }

    /** Keeps the id of a message under way for the entries to come; forgets all when there are too many. */
    void messageId(Delivery delivery, long id) {
        if (loggedIds.isEmpty() || loggedIds.size() >= LOGGED_IDS_MAXIMUM) {
            loggedIds = new IdentityHashMap<>();
        }
        loggedIds.put(delivery, id);
    }

    /** The id of a message under way, 0 when it is not known. */
    long messageId(Delivery delivery) {
        return loggedIds.getOrDefault(delivery, 0L);
    }

    /** The id of a message that has arrived, 0 when it is not known. */
    long takeMessageId(Delivery delivery) {
        Long id = loggedIds.isEmpty() ? null : loggedIds.remove(delivery);
        return id == null ? 0 : id;
    }

    private void endTrace(long nowMillis) {
        if (trace != null && trace.isOver(nowMillis)) {
            trace = null;
            loggedIds = Map.of();
        }
    }

    /** Messages that {@link AwaySessions} has counted. */
    int countedMessages() {
        return countedMessages;
    }

    void countedMessages(int count) {
        countedMessages = count;
    }
}
