package io.thingport.platform.apply;

/** How far an apply is. */
public enum ApplyState {
    /** All names are free; its devices are created when it is asked for. */
    CHECKED,
    /** Devices have some of the names; it stays so. */
    REFUSED,
    CREATING,
    /** All devices were created. */
    CREATED,
    /** Some devices were created; other devices had got the names of the rest. */
    FAILED
}
