package io.thingport.platform.apply;

/** What has become of a name in an apply. */
public enum NameState {
    /** There was no device of the name when it was looked. */
    FREE,
    /** The device was created. */
    CREATED,
    /** Another device has the name. */
    TAKEN
}
