package io.thingport.platform.upstream;

/** What a product's subscription may choose. */
public enum UpstreamKind {
    /** What devices publish. */
    DATA,
    /** Devices come online and go offline. */
    STATUS,
    /** Devices are created, deleted, enabled and disabled. */
    LIFECYCLE
}
