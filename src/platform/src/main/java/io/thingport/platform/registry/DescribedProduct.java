package io.thingport.platform.registry;

/** A product and what was written about it. */
public record DescribedProduct(Product product, ProductTraits traits) {
}
