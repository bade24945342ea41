package io.thingport.platform.registry;

import io.thingport.platform.registry.DeviceSource.StoredClasses;

/** CDI event within the transaction: a product has these topic classes once it commits. */
record TopicClassesChange(String productKey, StoredClasses classes) {
}
