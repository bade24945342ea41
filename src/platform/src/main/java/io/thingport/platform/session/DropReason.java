package io.thingport.platform.session;

/** Why a message was dropped. */
public enum DropReason {
    /** A device published to a topic where it may not (9236 at Aliyun). */
    NOT_AUTHORIZED,
    /** A device published to a topic that is too long or too deep (1903 at Aliyun). */
    TOPIC_INVALID,
    /** A device published with MQTT 5 properties beyond their limits. */
    PROPERTIES_INVALID,
    /** A QoS 0 message to a device whose socket takes no more (1901 at Aliyun). */
    OUTPUT_FULL,
    /** A QoS 1 message to a device whose session holds as many as it may. */
    QUEUE_FULL,
    /** Larger than the receiver's Maximum Packet Size or the server's own. */
    TOO_LARGE,
    /** Its Message Expiry Interval passed while it waited. */
    EXPIRED,
    /** A QoS 1 message that was not acknowledged when its session ended. */
    SESSION_ENDED,
    /** A device answered a QoS 1 message with an error. */
    REFUSED_BY_DEVICE,
    /** The reply to no call that waits: late, unknown or repeated (1904 at Aliyun). */
    STRAY_REPLY,
    /** The home loop's queue was full or the server not ready. */
    SERVER_BUSY
}
