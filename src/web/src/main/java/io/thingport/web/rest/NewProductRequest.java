package io.thingport.web.rest;

import io.thingport.platform.registry.NewProduct;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A product to create. Prints no secret. */
@Schema(name = "NewProduct", requiredProperties = "name")
public record NewProductRequest(
        @Schema(description = "1 to 32 letters and digits; made up when absent") Optional<String> productKey,
        @Schema(description = "Unique; 4 to 30 letters, digits, underscores or CJK characters, which count twice")
        String name,
        @Schema(description = "Up to 100 characters") Optional<String> description,
        @Schema(description = "The secret the product has already, 16 to 64 letters and digits; made up when absent")
        Optional<String> productSecret) {

    NewProduct product() {
        return new NewProduct(productKey, name, description, GivenSecret.of("productSecret", productSecret));
    }

    @Override
    public String toString() {
        return "NewProductRequest[" + name + "]";
    }
}
