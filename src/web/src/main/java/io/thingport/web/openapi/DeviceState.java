package io.thingport.web.openapi;

/** The state of a device, in the vendor's words. */
enum DeviceState {
    ONLINE,
    OFFLINE,
    /** It has never connected. */
    UNACTIVE,
    /** It may not connect. */
    DISABLE
}
