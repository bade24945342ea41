package io.thingport.platform.registry;

import io.thingport.platform.secrets.Secret;

/** A device and its secret, for its owner. */
public record OwnedDevice(Device device, Secret secret) {
}
