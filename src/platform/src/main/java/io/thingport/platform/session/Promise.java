package io.thingport.platform.session;

/** What becomes of the promise that a message outlives the process. */
public enum Promise {
    /** A QoS 1 message was taken in for a stored session. */
    MADE,
    /** It was acknowledged or dropped before the writer had begun with it, so that it cost no row. */
    KEPT_WITHOUT_ROW
}
