package io.thingport.mqtt;

/** What became of a message to a device. */
public enum SendOutcome {
    /** It went over the device's connection; at QoS 1 to a kept session it is acknowledged, or stored until it is. */
    SENT,
    /** It waits in the device's session; in a kept one it is stored. */
    STORED,
    /** The device is not connected and has no session that would keep the message. */
    NO_SESSION,
    /** The device did not subscribe to the topic. */
    NOT_SUBSCRIBED,
    /** The device exists, its connection or session took no more: the message was dropped. */
    DROPPED,
    /** Larger than the device's Maximum Packet Size or the server's own: it was dropped. */
    TOO_LARGE,
    /** More than may be sent in a second, to the device or by the whole server: nothing was sent or stored. */
    THROTTLED,
    /** The topic is not one this device may subscribe to, or its form is wrong. */
    FORBIDDEN_TOPIC,
    /** No such device. */
    UNKNOWN_DEVICE,
    /** The server is overloaded or not ready; nothing was done. */
    UNAVAILABLE
}
