package io.thingport.platform.devicelog;

/** What an entry of the device log tells of. */
public enum LogKind {
    /** A device connected, or was refused. */
    CONNECT,
    /** A connection ended. */
    DISCONNECT,
    /** A device subscribed, or was refused. */
    SUBSCRIBE,
    UNSUBSCRIBE,
    /** A device published. */
    PUBLISH_UP,
    /** A message went to a device, was acknowledged or was not. */
    PUBLISH_DOWN,
    /** A device was called. */
    RRPC,
    /** A message was dropped. */
    DROP
}
