package io.thingport.platform.registry;

/** What the {@link DeviceDirectory} says about a device key. */
public sealed interface DirectoryAnswer {

    /** The device exists, enabled or not. */
    record Found(DeviceCredentials credentials) implements DirectoryAnswer {
    }

    /** No such device. */
    record Unknown() implements DirectoryAnswer {
    }

    /** Nobody knows: the database is away or too many look-ups wait. */
    record Unavailable() implements DirectoryAnswer {
    }
}
