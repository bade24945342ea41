package io.thingport.platform.registry;

import io.thingport.platform.registry.DeviceSource.StoredAccess;

/** CDI event within the transaction: a product lets its devices do this once it commits. */
record ProductAccessChange(String productKey, StoredAccess access) {
}
