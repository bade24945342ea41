package io.thingport.web.rest;

/** The state of a device, in the Aliyun IoT Platform's words. */
public enum DeviceStatus {
    /** It never connected. */
    UNACTIVE,
    ONLINE,
    OFFLINE,
    /** It may not connect. */
    DISABLED
}
