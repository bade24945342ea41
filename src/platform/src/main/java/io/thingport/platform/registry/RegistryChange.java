package io.thingport.platform.registry;

import io.thingport.mqtt.DeviceKey;

/**
 * CDI event: a device was disabled, enabled or deleted, or its secrets or certificates changed. Fired on the thread of the change, after the commit and after the
 * {@link DeviceDirectory} has forgotten the device's old state; an observer must not block and needs no transaction phase.
 */
public record RegistryChange(DeviceKey key, Kind kind) {

    public enum Kind {
        DISABLED,
        ENABLED,
        DELETED,
        /** What it may prove itself with has changed; what it may have connected with is still valid. */
        SECRET_CHANGED,
        /** A secret that it may have connected with is no longer valid. */
        SECRET_WITHDRAWN,
        CERTIFICATE_ADDED,
        /** A certificate that it may have connected with is no longer valid. */
        CERTIFICATE_WITHDRAWN
    }
}
