package io.thingport.web.rest;

import io.thingport.platform.registry.Product;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A product. */
@Schema(name = "Product", requiredProperties = {"productKey", "name", "createdAt", "rates"})
public record ProductAnswer(String productKey, String name, Optional<String> description, Instant createdAt,
        Rates rates) {

    static ProductAnswer of(Product p) {
        return new ProductAnswer(p.productKey(), p.name(), p.description(), p.createdAt(), Rates.of(p.rates()));
    }
}
