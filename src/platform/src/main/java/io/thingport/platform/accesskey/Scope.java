package io.thingport.platform.accesskey;

/** What an access key is good for. */
public enum Scope {
    /** Products, topic classes and devices. */
    MANAGE,
    /** Messages to devices and calls of them. */
    MESSAGE,
    /** Reading what devices send. */
    CONSUME
}
