package io.thingport.platform.audit;

/** By which way a change came in. */
public enum Door {
    /** The REST API. */
    REST,
    /** The API with the vendor's operations. */
    VENDOR_API,
    /** The server itself: its start, and what it does without being asked. */
    SERVER
}
