package io.thingport.platform.registry;

import java.util.Optional;

/**
 * A product to create. The fields' rules are those of {@link Product}.
 *
 * @param productKey made up when absent: {@code a1} and 9 letters or digits
 */
public record NewProduct(Optional<String> productKey, String name, Optional<String> description) {
}
