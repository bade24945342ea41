package io.thingport.web.rest;

import io.thingport.platform.registry.ProductChange;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A change of a product; what is absent stays. */
@Schema(name = "ProductChange")
public record ProductChangeRequest(Optional<String> name,
        @Schema(description = "An empty text takes the description away") Optional<String> description,
        @Schema(description = "Replaces all rates; one that is absent here is the server's from now on") Optional<Rates> rates,
        @Schema(description = "Which devices get what they connect with from the server, by proving that they know the "
                + "product's secret", enumeration = {"off", "pre-registered", "any-name"})
        Optional<String> dynamicRegistration) {

    ProductChange change() {
        return new ProductChange(name, description, rates.map(Rates::rates),
                dynamicRegistration.map(Registration::of));
    }
}
