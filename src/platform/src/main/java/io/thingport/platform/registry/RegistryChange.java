package io.thingport.platform.registry;

import io.thingport.mqtt.DeviceKey;

/**
 * CDI event: a device was disabled, enabled or deleted. Fired on the thread of the change, after the commit and after the
 * {@link DeviceDirectory} has forgotten the device's old state; an observer must not block and needs no transaction phase.
 */
public record RegistryChange(DeviceKey key, Kind kind) {

    public enum Kind { DISABLED, ENABLED, DELETED }
}
