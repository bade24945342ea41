package io.thingport.platform.registry;

/** CDI event within the transaction: a product is gone once it commits. */
public record ProductRemoval(String productKey) {
}
