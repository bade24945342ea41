package io.thingport.platform.registry;

import io.thingport.platform.limits.ProductRates;
import java.util.Optional;

/**
 * A change of a product; what is absent stays as it is. The fields' rules are those of {@link Product}.
 *
 * @param description an empty text takes the description away
 * @param rates       all of them at once
 */
public record ProductChange(Optional<String> name, Optional<String> description,
        Optional<ProductRates> rates, Optional<DynamicRegistration> dynamicRegistration) {
}
