package io.thingport.platform.registry;

/** CDI event within the transaction: this will have happened to a device once it commits. */
record DeviceChange(RegistryChange change) {
}
