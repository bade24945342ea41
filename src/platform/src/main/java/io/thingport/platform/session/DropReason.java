package io.thingport.platform.session;

import java.util.OptionalInt;

/** Why a message was dropped. */
public enum DropReason {
    /** A device published to a topic where it may not, or may not receive any more what has waited for it. */
    NOT_AUTHORIZED(9236),
    /** A device published to a topic that is too long or too deep. */
    TOPIC_INVALID(1903),
    /** A device published with MQTT 5 properties beyond their limits. */
    PROPERTIES_INVALID,
    /** A device published faster than it may, or an application sent faster. */
    THROTTLED(9324),
    /** A QoS 0 message to a device whose socket takes no more. */
    OUTPUT_FULL(1901),
    /** The oldest QoS 1 message of a session in which more wait than may. */
    QUEUE_FULL,
    /** Larger than the receiver's Maximum Packet Size or the server's own. */
    TOO_LARGE,
    /** Its Message Expiry Interval, or the time that a message may wait at most, has passed. */
    EXPIRED,
    /** A QoS 1 message that was not acknowledged when its session ended. */
    SESSION_ENDED,
    /** A device answered a QoS 1 message with an error. */
    REFUSED_BY_DEVICE,
    /** The reply to no call that waits: late, unknown or repeated. */
    STRAY_REPLY(1904),
    /** The home loop's queue or that of the store was full, or the server not ready; a broadcast counts once on each loop. */
    SERVER_BUSY,
    /** The reply to a long request of a device: as many are being worked on as may be. */
    REPLIES_BUSY,
    /** For consumer groups, while the message engine takes none and as much waits for it as may. */
    UPSTREAM_FULL,
    /** The database refused it, or does not have it any more. */
    DATABASE;

    private final OptionalInt logCode;

    DropReason() {
        this.logCode = OptionalInt.empty();
    }

    DropReason(int logCode) {
        this.logCode = OptionalInt.of(logCode);
    }

    /** The code that the logs of the Aliyun IoT Platform have for it, if they have one. */
    OptionalInt logCode() {
        return logCode;
    }
}
