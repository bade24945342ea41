package io.thingport.platform.session;

import io.thingport.mqtt.MqttChannel;
import io.thingport.platform.access.ClientIdentifier;
import io.thingport.platform.limits.DeviceRates;
import io.thingport.platform.limits.PublishLimit;
import io.thingport.platform.limits.TokenBucket;
import io.thingport.platform.rrpc.WaitingCalls;
import java.util.function.LongSupplier;

/** A device's accepted connection. A late close finds another in its session and leaves that alone. Owned by the home loop. */
final class Connection {

    private final Session session;
    private final MqttChannel channel;
    private final String iotId;
    private final int ext;
    private final ConnectionInfo info;
    private final Pace pace;
    private final WaitingCalls calls = new WaitingCalls();
    private boolean pausing;
    private int longRequests;
    private PublishLimit publishLimit = PublishLimit.NONE;
    private DeviceRates publishRates; // null before the first publish

    Connection(Session session, MqttChannel channel, String iotId, int ext, ConnectionInfo info, Pace pace) {
        this.session = session;
        this.channel = channel;
        this.iotId = iotId;
        this.ext = ext;
        this.info = info;
        this.pace = pace;
    }

    Session session() {
        return session;
    }

    MqttChannel channel() {
        return channel;
    }

    /** The opaque id of the device. */
    String iotId() {
        return iotId;
    }

    ConnectionInfo info() {
        return info;
    }

    /** How fast QoS 1 messages go over it. */
    Pace pace() {
        return pace;
    }

    /** Whether a timer runs after which the session is drained on. */
    boolean isPausing() {
        return pausing;
    }

    void pausing(boolean now) {
        pausing = now;
    }

    /** Counts what the device publishes. */
    PublishLimit publishLimit() {
        return publishLimit;
    }

    /** Takes the present rates of its product over, unless it has them already. */
    void limitPublishes(TokenBucket server, LongSupplier nanoTime) {
        DeviceRates present = session.product().rates();
        if (!present.equals(publishRates)) {
            publishRates = present;
            publishLimit = PublishLimit.of(present, server, nanoTime.getAsLong());
        }
    }

    /** Requests of the device that are being read on another thread. */
    int longRequests() {
        return longRequests;
    }

    void longRequests(int now) {
        longRequests = now;
    }

    /** The calls that wait for a reply over it. */
    WaitingCalls calls() {
        return calls;
    }

    /** Whether the device can be called on custom topics. */
    boolean takesCustomCalls() {
        return (ext & ClientIdentifier.EXT_CUSTOM_CALLS) != 0;
    }

    /** Whether the device wants to be told on {@code /ext/notify} what happens to it. */
    boolean wantsNotices() {
        return (ext & ClientIdentifier.EXT_NOTICES) != 0;
    }

    /** Whether nothing has arrived for over one keep-alive. */
    boolean isSilent() {
        return channel.silence() > info.keepAliveSeconds();
    }
}
