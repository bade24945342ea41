package io.thingport.web.rest;

import io.thingport.platform.registry.Product;
import io.thingport.web.DashedName;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A product. */
@Schema(name = "Product", requiredProperties = {"productKey", "name", "createdAt", "rates",
        "dynamicRegistration", "authentication"})
public record ProductAnswer(String productKey, String name, Optional<String> description, Instant createdAt,
        Rates rates, @Schema(enumeration = {"off", "pre-registered", "any-name"}) String dynamicRegistration,
        @Schema(enumeration = {"secret", "x509"}) String authentication) {

    static ProductAnswer of(Product p) {
        return new ProductAnswer(p.productKey(), p.name(), p.description(), p.createdAt(), Rates.of(p.rates()),
                DashedName.of(p.dynamicRegistration()), DashedName.of(p.authentication()));
    }
}
