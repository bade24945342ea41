package io.thingport.platform.registry;

import io.thingport.platform.secrets.Secret;
import java.util.Optional;

/**
 * A product to create. The fields' rules are those of {@link Product}.
 *
 * @param productKey made up when absent: {@code a1} and 9 letters or digits
 * @param secret     16 to 64 letters and digits; made up when absent: 16 letters and digits
 * @param authentication how its devices prove who they are, for ever
 * @param traits         what is written about it, for ever
 */
public record NewProduct(Optional<String> productKey, String name, Optional<String> description,
        Optional<Secret> secret, Authentication authentication, ProductTraits traits) {

    /** One about which nothing is written. */
    public NewProduct(Optional<String> productKey, String name, Optional<String> description, Optional<Secret> secret,
            Authentication authentication) {
        this(productKey, name, description, secret, authentication, ProductTraits.NONE);
    }

    /** One whose devices have secrets. */
    public NewProduct(Optional<String> productKey, String name, Optional<String> description, Optional<Secret> secret) {
        this(productKey, name, description, secret, Authentication.SECRET);
    }
}
