package io.thingport.web.rest;

import io.thingport.platform.registry.Page;
import io.thingport.platform.registry.Product;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A part of the list of products, newest first. */
@Schema(name = "Products", requiredProperties = "items")
public record ProductsAnswer(List<ProductAnswer> items,
        @Schema(description = "Ask with after=… for what follows; absent at the end") Optional<String> next) {

    static ProductsAnswer of(Page<Product> page) {
        return new ProductsAnswer(page.items().stream().map(ProductAnswer::of).toList(), page.next());
    }
}
