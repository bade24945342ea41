package io.thingport.platform.registry;

/** CDI event within the transaction: a product is gone once it commits. */
record ProductRemoval(String productKey) {
}
