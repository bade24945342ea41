package io.thingport.platform.accesskey;

/** What an access key is good for. */
public enum Scope {
    /** Products, topic classes, devices and consumer groups, with their secrets, and all that {@link #READ} opens. */
    MANAGE,
    /** Messages to devices and calls of them. */
    MESSAGE,
    /** Reading what devices send. */
    CONSUME,
    /** Looking at products, devices, consumer groups and the log, without secrets. */
    READ,
    /** Access keys, the master key, the audit trail, imports and exports. */
    ADMINISTER
}
