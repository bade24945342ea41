package io.thingport.web.rest;

import io.thingport.platform.registry.Authentication;
import io.thingport.platform.registry.NewProduct;
import io.thingport.web.DashedName;
import io.thingport.web.problem.ProblemException;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A product to create. Prints no secret. */
@Schema(name = "NewProduct", requiredProperties = "name")
public record NewProductRequest(
        @Schema(description = "1 to 32 letters and digits; made up when absent") Optional<String> productKey,
        @Schema(description = "Unique; 4 to 30 letters, digits, underscores or CJK characters, which count twice")
        String name,
        @Schema(description = "Up to 100 characters") Optional<String> description,
        @Schema(description = "The secret the product has already, 16 to 64 letters and digits; made up when absent")
        Optional<String> productSecret,
        @Schema(description = "How its devices prove who they are, for ever: secret, which is so when absent, or x509, a "
                + "certificate in the TLS handshake", enumeration = {"secret", "x509"}) Optional<String> authentication) {

    NewProduct product() {
        return new NewProduct(productKey, name, description, GivenSecret.of("productSecret", productSecret),
                authentication.map(NewProductRequest::authentication).orElse(Authentication.SECRET));
    }

    private static Authentication authentication(String text) {
        return Stream.of(Authentication.values()).filter(value -> DashedName.of(value).equals(text)).findFirst()
                .orElseThrow(() -> ProblemException.invalid("authentication", "has to be secret or x509"));
    }

    @Override
    public String toString() {
        return "NewProductRequest[" + name + "]";
    }
}
