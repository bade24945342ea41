package io.thingport.platform.registry;

import io.thingport.mqtt.DeviceKey;

/**
 * What a CONNECT is judged by.
 *
 * @param id         of the device's row: a later device of the same name has another
 * @param iotId      opaque id of the device
 * @param enabled    whether the device may connect
 * @param activated  whether it had connected before these were read
 * @param certificates by which it may connect
 * @param generation of the directory's knowledge, see {@link DeviceDirectory#isCurrent}
 */
public record DeviceCredentials(DeviceKey key, long id, String iotId, DeviceSecrets secrets, boolean enabled, boolean activated,
        AcceptedCertificates certificates, ProductAccess product, long generation) {
}
